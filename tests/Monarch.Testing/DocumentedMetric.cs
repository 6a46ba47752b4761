using System.Text.RegularExpressions;

namespace Monarch.Testing;

/// <summary>A row of docs/metrics.md.</summary>
/// <param name="Instrument">The name in the code.</param>
/// <param name="Prometheus">The name at <c>/metrics</c>.</param>
/// <param name="Kind">Counter, gauge or histogram.</param>
/// <param name="Unit">The unit in words.</param>
/// <param name="Labels">The names of its labels; null where the page describes them in a table of their own.</param>
public sealed partial record DocumentedMetric(string Instrument, string Prometheus, string Kind, string Unit, IReadOnlyList<string>? Labels)
{
    /// <summary>Every row that describes an instrument.</summary>
    public static IReadOnlyList<DocumentedMetric> All { get; } = Read();

    static List<DocumentedMetric> Read() =>
        [
            .. File.ReadLines(Repository.PathOf("docs/metrics.md"))
                .Select(line => line.Split(" | "))
                .Where(cells => cells.Length >= 4 && Name().IsMatch(cells[0]))
                .Select(cells => (Cells: cells, Type: cells[2].Split(", ", 2)))
                .Select(x => new DocumentedMetric(
                    Name().Match(x.Cells[0]).Groups[1].Value,
                    x.Cells[1].Trim('`'),
                    x.Type[0],
                    x.Type[1],
                    x.Cells.Length >= 5 ? LabelsOf(x.Cells[3]) : null
                )),
        ];

    // "`source`: `api`, `jira`; `result`: …" has two; "the same", "`outcome` as above" and "`account`" have one.
    static List<string> LabelsOf(string cell) =>
        cell == "none" ? []
        : cell == "the same" ? ["outcome"]
        : [.. cell.Split("; ").SelectMany(part => Label().Matches(part.Split(':')[0]).Select(x => x.Groups[1].Value))];

    [GeneratedRegex("^\\| `((?:monarch|messaging)\\.[a-z.]+)`$")]
    private static partial Regex Name();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Label();
}
