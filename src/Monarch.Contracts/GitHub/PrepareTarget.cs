namespace Monarch.Contracts.GitHub;

/// <summary>Check that a target takes issues, and read which copies it holds. Answered by prepared, refused or deferred.</summary>
/// <remarks>One command makes few requests: a target that takes more is read by several, each from the place of the last.</remarks>
public sealed record PrepareTarget
{
    /// <summary>The pair that wants the answer.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>Identifies this command; its answer repeats it.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The source, by GitHub's numeric id.</summary>
    public required long SourceRepositoryId { get; init; }

    /// <summary>The target, by GitHub's numeric id.</summary>
    public required long TargetRepositoryId { get; init; }

    /// <summary>The target as <c>owner/name</c>.</summary>
    public required string TargetFullName { get; init; }

    /// <summary>Whether copies that somebody has deleted in the target count as never made.</summary>
    public bool Recreate { get; init; }

    /// <summary>Where an earlier command has stopped; null to begin.</summary>
    public TargetPlace? Place { get; init; }
}
