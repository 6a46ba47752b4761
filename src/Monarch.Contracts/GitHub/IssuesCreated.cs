using Monarch.Contracts.Migrations;

namespace Monarch.Contracts.GitHub;

/// <summary>A slice of issues is done: each was created, existed already, or was rejected.</summary>
public sealed record IssuesCreated
{
    /// <summary>The repository migration that asked.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The place in the snapshot of the first issue that is not done, from 0.</summary>
    public required int Next { get; init; }

    /// <summary>How many the slice created.</summary>
    public required int Created { get; init; }

    /// <summary>How many existed already.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>The issues that GitHub rejected in the slice.</summary>
    public required IReadOnlyList<RejectedIssue> Rejected { get; init; }

    /// <summary>
    /// Another delivery of the command is processing the first issue, and nothing was done: the command is still pending.
    /// </summary>
    public bool IsBusy { get; init; }

    /// <summary>Why the slice ended early, at the issue in place <see cref="Next"/>; null when it did not.</summary>
    public Failure? EndedBy { get; init; }
}
