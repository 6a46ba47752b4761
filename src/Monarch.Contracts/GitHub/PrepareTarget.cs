using Monarch.Contracts.Migrations;

namespace Monarch.Contracts.GitHub;

/// <summary>Check that a target accepts issues, and read which copies it holds. Answered by prepared, refused or deferred.</summary>
/// <remarks>One command makes few requests: a large target is read by several commands, each from the place of the last.</remarks>
public sealed record PrepareTarget
{
    /// <summary>The repository migration that asked.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>Identifies this command; its answer repeats it.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The source, by GitHub's numeric id.</summary>
    public required long SourceRepositoryId { get; init; }

    /// <summary>The target, by GitHub's numeric id.</summary>
    public required long TargetRepositoryId { get; init; }

    /// <summary>The target as <c>owner/name</c>.</summary>
    public required string TargetFullName { get; init; }

    /// <summary>Whether copies that were deleted in the target are created again.</summary>
    public bool Recreate { get; init; }

    /// <summary>The snapshot whose labels, milestones, types and assignees the target is to offer; null from an earlier version.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>What is copied; null for all open issues, by the workers' settings.</summary>
    public CopyOptions? Copy { get; init; }

    /// <summary>Where an earlier command stopped; null to begin.</summary>
    public TargetPlace? Place { get; init; }
}
