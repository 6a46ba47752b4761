using Monarch.Contracts.Migrations;

namespace Monarch.Contracts.GitHub;

/// <summary>Read the source's issues, those that are selected, into a snapshot. Answered by read, refused or deferred.</summary>
public sealed record ReadSourceIssues
{
    /// <summary>The migration or dry run that receives the answer.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Identifies this command; its answer repeats it.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The source as <c>owner/name</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What is copied; null for all open issues, by the workers' settings.</summary>
    public CopyOptions? Copy { get; init; }
}
