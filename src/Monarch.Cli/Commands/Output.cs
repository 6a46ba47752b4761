using Spectre.Console;

namespace Monarch.Cli.Commands;

/// <summary>Where the program writes to.</summary>
static class Output
{
    const int WidthOfAFile = 160;

    /// <summary>Elsewhere than on a terminal, no colours and no line breaks that only a narrow screen needs.</summary>
    public static void Prepare()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.Interactive = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
            AnsiConsole.Profile.Width = WidthOfAFile;
        }
    }

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
}
