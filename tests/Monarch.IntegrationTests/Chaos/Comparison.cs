using Monarch.Sandbox.Model;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>Compares a target's issues with the source's open ones, by their titles.</summary>
sealed record Comparison(string Target)
{
    /// <summary>How many issues the target holds.</summary>
    public required int Issues { get; init; }

    /// <summary>Titles of the source that are missing in the target.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>A title for each issue of the target that repeats an earlier one.</summary>
    public required IReadOnlyList<string> Duplicates { get; init; }

    /// <summary>Titles out of order.</summary>
    public required IReadOnlyList<string> OutOfOrder { get; init; }

    /// <summary>Titles that are not among the source's open issues.</summary>
    public required IReadOnlyList<string> Strange { get; init; }

    public bool IsClean => Missing.Count + Duplicates.Count + OutOfOrder.Count + Strange.Count == 0;

    public IEnumerable<string> Offending => Missing.Concat(Duplicates).Concat(OutOfOrder).Concat(Strange).Distinct(StringComparer.Ordinal);

    public override string ToString() =>
        $"{Target}: missing [{string.Join(", ", Missing)}], twice [{string.Join(", ", Duplicates)}], out of order [{string.Join(", ", OutOfOrder)}], strange [{string.Join(", ", Strange)}]";

    public static Comparison Of(RepositoryView source, RepositoryView target)
    {
        var wanted = source
            .Issues!.Where(x => x is { State: "open", IsPullRequest: false })
            .Select((x, place) => (x.Title, place))
            .ToDictionary(x => x.Title, x => x.place, StringComparer.Ordinal);
        var (seen, duplicates, outOfOrder, strange) = (
            new HashSet<string>(StringComparer.Ordinal),
            new List<string>(),
            new List<string>(),
            new List<string>()
        );
        var furthest = -1;
        foreach (var title in target.Issues!.Select(x => x.Title))
        {
            if (!wanted.TryGetValue(title, out var place))
            {
                strange.Add(title);
            }
            else if (!seen.Add(title))
            {
                duplicates.Add(title);
            }
            else if (place < furthest)
            {
                outOfOrder.Add(title);
            }
            else
            {
                furthest = place;
            }
        }

        return new(target.FullName)
        {
            Issues = target.Issues!.Count,
            Missing = [.. wanted.Keys.Where(title => !seen.Contains(title))],
            Duplicates = duplicates,
            OutOfOrder = outOfOrder,
            Strange = strange,
        };
    }
}
