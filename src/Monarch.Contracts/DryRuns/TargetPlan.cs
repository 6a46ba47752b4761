using Monarch.Contracts.Migrations;

namespace Monarch.Contracts.DryRuns;

/// <summary>What a migration would do in one target. Lists are shortened, counts are not.</summary>
public sealed record TargetPlan
{
    /// <summary>The target, by GitHub's numeric id.</summary>
    public required long RepositoryId { get; init; }

    /// <summary>The target as GitHub spells it, <c>owner/name</c>.</summary>
    public required string FullName { get; init; }

    /// <summary>The account that would write, as <see cref="GitHub.CredentialWorking.Account"/> names it.</summary>
    public required string Account { get; init; }

    /// <summary>How many issues would be created.</summary>
    public required int Create { get; init; }

    /// <summary>The issues that would be created, in this order; the first 500.</summary>
    public required IReadOnlyList<PlannedIssue> ToCreate { get; init; }

    /// <summary>How many comments would be created; each counts as a creation of content, as an issue does.</summary>
    public required int Comments { get; init; }

    /// <summary>How many copies exist already.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>How many of the existing copies would be changed: references, text, labels, milestone or state.</summary>
    public required int Change { get; init; }

    /// <summary>The issues whose copies would be changed; the first 500.</summary>
    public required IReadOnlyList<PlannedIssue> ToChange { get; init; }

    /// <summary>Labels that would be created.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Titles of the milestones that would be created.</summary>
    public required IReadOnlyList<string> Milestones { get; init; }

    /// <summary>Issues that cannot be copied, with the reason.</summary>
    public required IReadOnlyList<RejectedIssue> Rejected { get; init; }

    /// <summary>What copies would lack, and which are kept because they were edited; the first 300.</summary>
    public required IReadOnlyList<IssueNote> Notes { get; init; }

    /// <summary>Whether GitHub counts more open issues than it lists: the plan may lack a copy, and a migration would wait.</summary>
    public bool IsListingIncomplete { get; init; }

    /// <summary>About how many requests would read: GitHub's answers decide how many pages and retries there are.</summary>
    public required int Reads { get; init; }

    /// <summary>How many requests would change something without creating an issue or a comment: labels, milestones, changes, relations.</summary>
    public required int Writes { get; init; }

    /// <summary>The least time between two requests that create or change something; zero without a limit.</summary>
    public required TimeSpan WriteGap { get; init; }

    /// <summary>The first issue that would be created, as it would look; null when there is none.</summary>
    public PlannedExample? Example { get; init; }
}

/// <summary>An issue of the source.</summary>
/// <param name="Number">Its number in the source.</param>
/// <param name="Title">Its title; empty for a closed issue that is not copied, but whose copy would be closed.</param>
public sealed record PlannedIssue(int Number, string Title);

/// <summary>A copy as it would look.</summary>
/// <param name="Number">The issue's number in the source.</param>
/// <param name="Title">The title of the copy.</param>
/// <param name="Body">The first lines of the body of the copy.</param>
/// <param name="IsShortened">Whether the body has more lines.</param>
public sealed record PlannedExample(int Number, string Title, string Body, bool IsShortened);
