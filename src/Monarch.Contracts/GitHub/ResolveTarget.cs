namespace Monarch.Contracts.GitHub;

/// <summary>Find out which repository a target's name means. Answered by resolved, refused or deferred.</summary>
public sealed record ResolveTarget
{
    /// <summary>The batch that wants the answer.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The target's place in the batch, from 0.</summary>
    public required int TargetIndex { get; init; }

    /// <summary>The target as <c>owner/name</c>.</summary>
    public required string Target { get; init; }
}
