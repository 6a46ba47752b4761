namespace Monarch.Contracts.Migrations;

/// <summary>
/// Bring one target up to a snapshot of the source. Starts the repository migration, or joins a running one. Sent again with another
/// <see cref="Directive"/>, it pauses, resumes or cancels the run's part in the repository migration.
/// </summary>
public sealed record MigrateRepository
{
    /// <summary>Identifies the repository migration; derived from the two repository ids.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The migration that receives the answer.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>
    /// The run of the migration that receives the answer: a retry is another run. A repository migration that has answered a run only
    /// repeats its answer.
    /// </summary>
    public required Guid RunId { get; init; }

    /// <summary>The current directive of the run.</summary>
    public Directive Directive { get; init; }

    /// <summary>Rises with each directive of the migration: of two directives of a run the one with the higher version is newer.</summary>
    public required int BatchVersion { get; init; }

    /// <summary>The source, by GitHub's numeric id.</summary>
    public required long SourceRepositoryId { get; init; }

    /// <summary>The source as <c>owner/name</c>.</summary>
    public required string SourceFullName { get; init; }

    /// <summary>The target, by GitHub's numeric id.</summary>
    public required long TargetRepositoryId { get; init; }

    /// <summary>The target as <c>owner/name</c>.</summary>
    public required string TargetFullName { get; init; }

    /// <summary>The snapshot of the source's issues.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>When the snapshot was read (UTC).</summary>
    public required DateTimeOffset SnapshotReadAt { get; init; }

    /// <summary>How many issues the snapshot holds.</summary>
    public required int IssueCount { get; init; }

    /// <summary>Whether its issues need a second pass, because they refer to others or are closed. False from an earlier version.</summary>
    public bool NeedsFinishing { get; init; }

    /// <summary>Whether copies that were deleted in the target are created again.</summary>
    public bool Recreate { get; init; }

    /// <summary>What is copied; null for all open issues, by the workers' settings.</summary>
    public CopyOptions? Copy { get; init; }
}
