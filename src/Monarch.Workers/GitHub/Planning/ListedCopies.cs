using System.Globalization;
using System.Text.Json.Serialization;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Markdown;

namespace Monarch.Workers.GitHub.Planning;

/// <summary>The copies found in a target so far, and how far it was read.</summary>
sealed class ListedCopies
{
    /// <summary>The address of the page that is read next, or was read last; null before the first.</summary>
    public string? Page { get; set; }

    /// <summary>The pages before that one.</summary>
    public int PagesBefore { get; set; }

    /// <summary>The open issues and pull requests on the pages before that one.</summary>
    public int OpenBefore { get; set; }

    /// <summary>Whether every page was read.</summary>
    public bool IsComplete { get; set; }

    /// <summary>The copies by the number of the issue in the source; of several copies of one issue the oldest.</summary>
    public Dictionary<int, ListedCopy> Copies { get; set; } = [];

    /// <summary>The listed ones of the copies that the ledger knows, by their numbers in the target.</summary>
    public HashSet<int> Known { get; set; } = [];
}

/// <summary>A copy as it is in the target.</summary>
/// <param name="Number">Its number in the target.</param>
/// <param name="Title">The digest of its title; null when the copy is known from the ledger alone.</param>
/// <param name="Body">The digest of its body; null when the copy is known from the ledger alone.</param>
/// <param name="IsUnedited">Whether title and text are those that Monarch wrote.</param>
/// <param name="Fields">The digest of its labels and milestone.</param>
/// <param name="WrittenFields">The same when Monarch wrote them; null for a copy without a digest.</param>
/// <param name="IsOpen">Whether it is open.</param>
/// <param name="IsReopened">Whether it is open because a person opened it again.</param>
/// <param name="Parent">The number of its parent; null for none, and on older servers.</param>
/// <param name="BlockedBy">How many issues block it.</param>
/// <param name="IsContinued">Whether its text continues in comments.</param>
sealed record ListedCopy(
    int Number,
    string? Title = null,
    string? Body = null,
    bool IsUnedited = false,
    string Fields = "",
    string? WrittenFields = null,
    bool IsOpen = false,
    bool IsReopened = false,
    int? Parent = null,
    int BlockedBy = 0,
    bool IsContinued = false
)
{
    public static ListedCopy Of(Issue issue) =>
        new(
            issue.Number,
            TextDigest.Whole(issue.Title),
            TextDigest.Whole(issue.Body),
            TextDigest.IsUnedited(issue.Title, issue.Body),
            TextDigest.FieldsOf(issue.Labels?.Select(label => label.Name) ?? [], issue.Milestone?.Title),
            TextDigest.Fields(issue.Body),
            issue.IsOpen,
            issue is { IsOpen: true, StateReason: not null },
            int.TryParse(issue.ParentIssueUrl?.Split('/')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
                ? parent
                : null,
            issue.IssueDependenciesSummary?.TotalBlockedBy ?? 0,
            BodyParts.Continues(issue.Body)
        );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ListedCopies))]
sealed partial class ListedCopiesJson : JsonSerializerContext;
