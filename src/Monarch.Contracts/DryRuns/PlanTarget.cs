using Monarch.Contracts.Migrations;

namespace Monarch.Contracts.DryRuns;

/// <summary>
/// Find out what a migration would do in a target; only reads. Answered by planned, refused or deferred. A large target is read by several
/// commands, and the workers keep how far they came.
/// </summary>
public sealed record PlanTarget
{
    /// <summary>The dry run that asked.</summary>
    public required Guid DryRunId { get; init; }

    /// <summary>The target's place in the dry run, from 0.</summary>
    public required int TargetIndex { get; init; }

    /// <summary>The target as <c>owner/name</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The source, by GitHub's numeric id.</summary>
    public required long SourceRepositoryId { get; init; }

    /// <summary>The source as <c>owner/name</c>.</summary>
    public required string SourceFullName { get; init; }

    /// <summary>The snapshot of the source's issues.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>Whether copies that were deleted in the target would be created again.</summary>
    public bool Recreate { get; init; }

    /// <summary>What would be copied; null for all open issues, by the workers' settings.</summary>
    public CopyOptions? Copy { get; init; }
}
