namespace Monarch.Contracts.GitHub;

/// <summary>The source cannot be read, now or later, until a person acts.</summary>
public sealed record SourceRefused
{
    /// <summary>The migration or dry run that asked.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>Why.</summary>
    public required Failure Failure { get; init; }
}
