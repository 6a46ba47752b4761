using Monarch.Cli.Following;
using Monarch.Hosting;
using Spectre.Console;

namespace Monarch.Cli.Commands;

/// <summary>Where the program writes to.</summary>
static class Output
{
    const int WidthOfAFile = 160;

    /// <summary>Before anything is written: from here on, what came from outside is only shown by the terminal.</summary>
    public static void Open()
    {
        // It writes control sequences of its own, and takes the stream as it is.
        _ = Terminal;
        Console.SetOut(new VisibleWriter(Console.Out));
        Console.SetError(new VisibleWriter(Console.Error));
    }

    /// <summary>Standard output. Elsewhere than on a terminal, no colours and no line breaks that only a narrow screen needs.</summary>
    public static IAnsiConsole Terminal { get; } = Create();

    /// <summary>Foreign text as a cell of a table: one line, and no markup.</summary>
    public static Text Text(string text) => new(VisibleText.Line(text));

    /// <summary>Foreign text as a part of markup.</summary>
    public static string Escape(string text) => Markup.Escape(VisibleText.Line(text));

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
