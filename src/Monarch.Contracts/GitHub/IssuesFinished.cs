namespace Monarch.Contracts.GitHub;

/// <summary>A slice of copies is finished.</summary>
public sealed record IssuesFinished
{
    /// <summary>The repository migration that asked.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The place in the snapshot of the first issue whose copy is not finished, from 0.</summary>
    public required int Next { get; init; }

    /// <summary>Why the slice ended early, at the issue in place <see cref="Next"/>; null when it did not.</summary>
    public Failure? EndedBy { get; init; }
}
