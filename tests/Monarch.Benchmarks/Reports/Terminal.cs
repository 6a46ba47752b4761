using Spectre.Console;

namespace Monarch.Benchmarks.Reports;

/// <summary>Where the reports go.</summary>
static class Terminal
{
    const int WidthOfAFile = 220;

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
}
