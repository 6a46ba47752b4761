namespace Monarch.Contracts.GitHub;

/// <summary>A target's name refers to this repository.</summary>
public sealed record TargetResolved
{
    /// <summary>The migration that asked.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The target's place in the migration, from 0.</summary>
    public required int TargetIndex { get; init; }

    /// <summary>The target, by GitHub's numeric id.</summary>
    public required long RepositoryId { get; init; }

    /// <summary>The target as GitHub spells it, <c>owner/name</c>.</summary>
    public required string FullName { get; init; }
}
