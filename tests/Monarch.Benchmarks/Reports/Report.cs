using System.Globalization;
using Spectre.Console;

namespace Monarch.Benchmarks.Reports;

/// <summary>A table of figures, in Markdown: the first column is words, the others are numbers.</summary>
sealed class Report
{
    readonly string _title;
    readonly Table _table = new Table().Border(TableBorder.Markdown);

    public Report(string title, string words, params IEnumerable<string> numbers)
    {
        _title = title;
        _table.AddColumn(new TableColumn(words).NoWrap());
        foreach (var number in numbers)
        {
            _table.AddColumn(new TableColumn(number).RightAligned().NoWrap());
        }
    }

    public void Add(params IEnumerable<string> cells) => _table.AddRow([.. cells.Select(Markup.Escape)]);

    /// <summary>Prints it below the machine that it is true of.</summary>
    public void Write(string machine)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine(machine);
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine(_title);
        AnsiConsole.WriteLine();
        AnsiConsole.Write(_table);
    }

    /// <summary>Whether a bar was met.</summary>
    public static string Met(bool met) => met ? "yes" : "NO";

    public static string Milliseconds(TimeSpan time) => Number(time.TotalMilliseconds, "0.0");

    public static string Seconds(TimeSpan time) => Number(time.TotalSeconds, "0.00");

    public static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
