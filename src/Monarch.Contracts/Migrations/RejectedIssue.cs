namespace Monarch.Contracts.Migrations;

/// <summary>An issue that could not be copied, and why.</summary>
public sealed record RejectedIssue
{
    /// <summary>The issue's number in the source.</summary>
    public required int Number { get; init; }

    /// <summary>The issue's title in the source.</summary>
    public required string Title { get; init; }

    /// <summary>Why it could not be copied.</summary>
    public required Failure Failure { get; init; }
}
