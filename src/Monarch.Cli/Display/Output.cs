using Monarch.Hosting;
using Spectre.Console;

namespace Monarch.Cli.Display;

/// <summary>The output of the program.</summary>
static class Output
{
    const int WidthOfAFile = 160;

    /// <summary>Call before anything is written: from here on the terminal interprets no control characters of foreign text.</summary>
    public static void Open()
    {
        // Spectre writes control sequences, and keeps the stream that it finds here.
        _ = Terminal;
        Console.SetOut(new VisibleWriter(Console.Out));
        Console.SetError(new VisibleWriter(Console.Error));
    }

    /// <summary>Standard output. When redirected: no colours, and no line breaks for a narrow screen.</summary>
    public static IAnsiConsole Terminal { get; } = Create();

    /// <summary>Foreign text as a cell of a table: one line, and no markup.</summary>
    public static Text Text(string text) => new(VisibleText.Line(text));

    /// <summary>Foreign text as a part of markup.</summary>
    public static string Escape(string text) => Markup.Escape(VisibleText.Line(text));

    /// <summary>Writes faults to standard error.</summary>
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
        terminal.Pipeline.Attach(new VisibleHook());
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
