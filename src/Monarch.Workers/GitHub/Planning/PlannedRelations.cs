using System.Globalization;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Planning;

/// <summary>What the second pass would do with sub-issues and dependencies.</summary>
static class PlannedRelations
{
    /// <summary>The relations to issues without a copy.</summary>
    /// <param name="issue">The issue of the source.</param>
    /// <param name="willExist">Whether an issue of the source has a copy in the end.</param>
    public static IEnumerable<IssueNote> Lost(SnapshotIssue issue, Func<int, bool> willExist)
    {
        if (issue.Elsewhere is { } elsewhere)
        {
            yield return Note("relations", $"Related issues in other repositories are not copied: {string.Join(", ", elsewhere)}.");
        }

        if (issue.Parent is { } parent && !willExist(parent))
        {
            yield return Note(
                "parent",
                string.Create(CultureInfo.InvariantCulture, $"Its parent, issue {parent}, has no copy in the target.")
            );
        }

        foreach (
            var (field, relation, numbers) in new[]
            {
                ("dependencies", "It is blocked by issues that are", issue.BlockedBy),
                ("sub-issues", "Its sub-issues include some that are", issue.SubIssues),
            }
        )
        {
            var lost = (numbers ?? []).Where(number => !willExist(number)).ToList();
            if (lost.Count > 0)
            {
                yield return Note(field, string.Create(CultureInfo.InvariantCulture, $"{relation} not copied: {string.Join(", ", lost)}."));
            }
        }

        IssueNote Note(string field, string message) =>
            new()
            {
                Number = issue.Number,
                Kind = NoteKind.Dropped,
                Field = field,
                Message = message,
            };
    }

    /// <summary>How many sub-issues stand before their predecessor, and would be moved.</summary>
    /// <param name="wanted">The sub-issues in the source's order.</param>
    /// <param name="order">The same in the order in which they would stand in the target.</param>
    public static int Moves(IReadOnlyList<int> wanted, List<int> order)
    {
        var moves = 0;
        for (var i = 1; i < wanted.Count; i++)
        {
            if (order.IndexOf(wanted[i]) < order.IndexOf(wanted[i - 1]))
            {
                moves++;
                order.Remove(wanted[i]);
                order.Insert(order.IndexOf(wanted[i - 1]) + 1, wanted[i]);
            }
        }

        return moves;
    }
}
