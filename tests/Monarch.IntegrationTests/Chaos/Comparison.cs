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

    /// <summary>Titles of copies whose text differs, or refers to another issue than the copy of the right one.</summary>
    public required IReadOnlyList<string> WrongReferences { get; init; }

    /// <summary>Titles of copies with another parent, other sub-issues or another order of them, or other dependencies.</summary>
    public required IReadOnlyList<string> WrongRelations { get; init; }

    /// <summary>Titles of copies with other labels or another milestone.</summary>
    public required IReadOnlyList<string> WrongLabels { get; init; }

    /// <summary>Titles of copies with missing or additional comments, or another order of them.</summary>
    public required IReadOnlyList<string> WrongComments { get; init; }

    public bool IsClean => !Offending.Any();

    public IEnumerable<string> Offending => Faults.SelectMany(fault => fault.Titles).Distinct(StringComparer.Ordinal);

    IEnumerable<(string Name, IReadOnlyList<string> Titles)> Faults =>
        [
            ("missing", Missing),
            ("twice", Duplicates),
            ("out of order", OutOfOrder),
            ("strange", Strange),
            ("wrong references", WrongReferences),
            ("wrong relations", WrongRelations),
            ("labels missing", WrongLabels),
            ("wrong comments", WrongComments),
        ];

    public override string ToString() =>
        $"{Target}: {string.Join(", ", Faults.Select(fault => $"{fault.Name} [{string.Join(", ", fault.Titles)}]"))}";

    public static Comparison Of(RepositoryView source, RepositoryView target)
    {
        var wanted = source
            .Issues!.Where(x => x is { State: "open", IsPullRequest: false })
            .ToDictionary(x => x.Title, StringComparer.Ordinal);
        var copies = new Dictionary<int, IssueView>();
        var (duplicates, outOfOrder, strange) = (new List<string>(), new List<string>(), new List<string>());
        var furthest = 0;
        foreach (var copy in target.Issues!)
        {
            if (!wanted.TryGetValue(copy.Title, out var issue))
            {
                strange.Add(copy.Title);
            }
            else if (!copies.TryAdd(issue.Number, copy))
            {
                duplicates.Add(copy.Title);
            }
            else if (issue.Number < furthest)
            {
                outOfOrder.Add(copy.Title);
            }
            else
            {
                furthest = issue.Number;
            }
        }

        var expected = new ExpectedCopies(source, target, copies);

        return new(target.FullName)
        {
            Issues = target.Issues!.Count,
            Missing = Where(issue => !copies.ContainsKey(issue.Number)),
            Duplicates = duplicates,
            OutOfOrder = outOfOrder,
            Strange = strange,
            WrongReferences = Where(issue => IsWrong(issue, expected.HasReferences)),
            WrongRelations = Where(issue => IsWrong(issue, expected.HasRelations)),
            WrongLabels = Where(issue => IsWrong(issue, ExpectedCopies.HasLabels)),
            WrongComments = Where(issue => IsWrong(issue, expected.HasComments)),
        };

        string[] Where(Func<IssueView, bool> isFault) => [.. wanted.Values.Where(isFault).Select(issue => issue.Title)];

        bool IsWrong(IssueView issue, Func<IssueView, IssueView, bool> isRight) =>
            copies.TryGetValue(issue.Number, out var copy) && !isRight(issue, copy);
    }
}
