using Monarch.Contracts.Migrations;

namespace Monarch.Contracts.GitHub;

/// <summary>
/// Finish a slice of a snapshot's copies: what needs other copies to exist, such as references to later issues, sub-issues and
/// dependencies, and the closed state. It may be repeated freely. Answered by finished, deferred, refused, snapshot replaced or target
/// unread.
/// </summary>
public sealed record FinishIssues
{
    /// <summary>The repository migration that receives the answer.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>Identifies this command; its answer repeats it.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The source, by GitHub's numeric id.</summary>
    public required long SourceRepositoryId { get; init; }

    /// <summary>The source as <c>owner/name</c>.</summary>
    public required string SourceFullName { get; init; }

    /// <summary>The target, by GitHub's numeric id.</summary>
    public required long TargetRepositoryId { get; init; }

    /// <summary>The target as <c>owner/name</c>.</summary>
    public required string TargetFullName { get; init; }

    /// <summary>The snapshot that holds the issues.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>The place of the slice's first issue in the snapshot, from 0.</summary>
    public required int From { get; init; }

    /// <summary>The pass through the snapshot that the slice belongs to.</summary>
    public Guid? PassId { get; init; }

    /// <summary>
    /// Whether a part of the first issue that GitHub refuses without a reason is given up and reported, since it was refused for long.
    /// </summary>
    public bool IsLastTry { get; init; }

    /// <summary>What is copied; null for the workers' settings.</summary>
    public CopyOptions? Copy { get; init; }
}
