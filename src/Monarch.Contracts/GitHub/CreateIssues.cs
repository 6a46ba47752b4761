using Monarch.Contracts.Migrations;

namespace Monarch.Contracts.GitHub;

/// <summary>
/// Create a slice of a snapshot's issues in a target, one after the other in order, each exactly once.
/// Answered by created, deferred, refused, snapshot replaced or target unread.
/// </summary>
public sealed record CreateIssues
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

    /// <summary>
    /// The pass through the snapshot that the slice belongs to: rejected issues are stored under this id. Null from an earlier version.
    /// </summary>
    public Guid? PassId { get; init; }

    /// <summary>
    /// The slice's first issue was refused repeatedly, without a reason from GitHub: when refused once more, it is recorded as rejected and
    /// the slice continues. False from an earlier version.
    /// </summary>
    public bool IsLastTry { get; init; }

    /// <summary>What is copied; null for all open issues, by the workers' settings.</summary>
    public CopyOptions? Copy { get; init; }
}
