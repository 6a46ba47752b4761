using Monarch.Testing;

namespace Monarch.Tests.Cli;

/// <summary>One command, run to its end.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">What it wrote, errors included.</param>
sealed record CliRun(int ExitCode, string Output)
{
    public IReadOnlyList<string> Lines { get; } = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs it.</summary>
    /// <param name="command">The words after <c>monarch</c>.</param>
    /// <param name="settings">Its environment, as <c>KEY=value</c>.</param>
    public static async Task<CliRun> OfAsync(string command, params string[] settings)
    {
        var environment = settings.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        await using var process = await MonarchProcess.StartAsync(command.Split(' ', StringSplitOptions.RemoveEmptyEntries), environment);
        return new(await process.WaitForExitAsync(), process.Output);
    }
}
