namespace Monarch.Contracts.Migrations;

/// <summary>Which issues of the source are copied: those that meet every condition.</summary>
public sealed record IssueSelection
{
    /// <summary>Whether closed issues are copied too, and closed in the targets.</summary>
    public bool IncludeClosed { get; init; }

    /// <summary>The labels that an issue must have, all of them, by name without regard to case; null for any.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The title of the issue's milestone, without regard to case; null for any.</summary>
    public string? Milestone { get; init; }

    /// <summary>The issue's number in the source is in one of these ranges; null for any.</summary>
    public IReadOnlyList<NumberRange>? Numbers { get; init; }

    /// <summary>The issue was updated at this time or later (UTC), as GitHub's parameter <c>since</c>; null for any.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>A range of issue numbers.</summary>
/// <param name="First">The first number, from 1.</param>
/// <param name="Last">The last number, not less than the first.</param>
public sealed record NumberRange(int First, int Last);
