using Spectre.Console;

namespace Monarch.Cli.Commands;

/// <summary>Where the program writes to.</summary>
static class Output
{
    const int WidthOfAFile = 160;

    /// <summary>Standard output. Elsewhere than on a terminal, no colours and no line breaks that only a narrow screen needs.</summary>
    public static IAnsiConsole Terminal { get; } = Create();

    /// <summary>Names what was wrong on standard error.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> FailAsync(int exitCode, params string[] faults)
    {
        foreach (var fault in faults)
        {
            await Console.Error.WriteLineAsync($"monarch: {fault}");
        }

        return exitCode;
    }

    static IAnsiConsole Create()
    {
        var terminal = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            terminal.Profile.Capabilities.Ansi = false;
            terminal.Profile.Capabilities.Interactive = false;
            terminal.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
            terminal.Profile.Width = WidthOfAFile;
        }

        return terminal;
    }
}
