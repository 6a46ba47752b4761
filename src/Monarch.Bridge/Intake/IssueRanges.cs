using System.Globalization;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Intake;

/// <summary>Issue numbers as <c>1-20,25</c>.</summary>
static class IssueRanges
{
    const string Remedy = "give numbers and ranges from 1, such as 1-20,25";

    /// <param name="text">The text.</param>
    /// <param name="problems">Receives its problems, each with the remedy.</param>
    /// <returns>The ranges as they stand in the text, without those that are wrong.</returns>
    public static List<NumberRange> Parse(string text, List<string> problems)
    {
        var ranges = new List<NumberRange>();
        foreach (var part in text.Split(','))
        {
            if (ParsePart(part.Trim(), problems) is { } range)
            {
                ranges.Add(range);
            }
        }

        return ranges;
    }

    /// <summary>The same numbers, each once: in order, as few ranges as possible.</summary>
    public static List<NumberRange> Merge(IEnumerable<NumberRange> ranges)
    {
        var merged = new List<NumberRange>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (merged is [.., var last] && range.First - 1 <= last.Last)
            {
                merged[^1] = last with { Last = Math.Max(last.Last, range.Last) };
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    public static string Format(IEnumerable<NumberRange> ranges) =>
        string.Join(
            ',',
            ranges.Select(range =>
                range.First == range.Last ? Number(range.First) : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}")
            )
        );

    static NumberRange? ParsePart(string part, List<string> problems)
    {
        string[] ends = [.. part.Split('-').Select(end => end.Trim())];
        if (ends.Length > 2 || ends.Any(end => end.Length == 0 || !end.All(char.IsAsciiDigit)))
        {
            return Refused(
                part.Length == 0 ? $"holds an empty entry: {Remedy}." : $"'{OneLine.Of(part)}' is no number or range: {Remedy}."
            );
        }

        if (!TryReadNumber(ends[0], out var first) || !TryReadNumber(ends[^1], out var last))
        {
            return Refused($"'{OneLine.Of(part)}' exceeds {Number(int.MaxValue)}, the largest number allowed: {Remedy}.");
        }

        if (first == 0 || last == 0)
        {
            return Refused($"'{OneLine.Of(part)}' holds 0, but issues are numbered from 1: {Remedy}.");
        }

        return first <= last
            ? new(first, last)
            : Refused($"'{OneLine.Of(part)}' ends before it begins: give {Format([new(last, first)])}.");

        NumberRange? Refused(string problem)
        {
            problems.Add(problem);
            return null;
        }
    }

    static bool TryReadNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
