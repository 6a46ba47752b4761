namespace Monarch.Contracts.GitHub;

/// <summary>
/// Create a short run of a snapshot's issues in a target, one after the other in their order, each exactly once.
/// Answered by created, deferred, refused, snapshot replaced or target unread.
/// </summary>
public sealed record CreateIssues
{
    /// <summary>The pair that wants the answer.</summary>
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

    /// <summary>The place of the run's first issue in the snapshot, from 0.</summary>
    public required int From { get; init; }

    /// <summary>The pass through the snapshot that the run is a part of: what it rejects is kept under this id. Null from an earlier version.</summary>
    public Guid? PassId { get; init; }

    /// <summary>
    /// The run's first issue was refused again and again, and GitHub does not say why: refused once more, it is named as rejected and the
    /// run goes on. False from an earlier version.
    /// </summary>
    public bool IsLastTry { get; init; }
}
