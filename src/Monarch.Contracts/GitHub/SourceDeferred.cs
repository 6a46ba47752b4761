namespace Monarch.Contracts.GitHub;

/// <summary>The source could not be read now; the saga waits and asks again.</summary>
public sealed record SourceDeferred
{
    /// <summary>The batch that asked.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>Why, and when it may be tried again.</summary>
    public required Failure Failure { get; init; }
}
