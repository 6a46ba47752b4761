namespace Monarch.Contracts.GitHub;

/// <summary>Look up which repository a target's name refers to. Answered by resolved, refused or deferred.</summary>
public sealed record ResolveTarget
{
    /// <summary>The migration that receives the answer.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The target's place in the migration, from 0.</summary>
    public required int TargetIndex { get; init; }

    /// <summary>The target as <c>owner/name</c>.</summary>
    public required string Target { get; init; }
}
