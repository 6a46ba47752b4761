using Monarch.Contracts.Migrations;

namespace Monarch.Contracts.GitHub;

/// <summary>A run of issues is done: each was created, was there already, or was rejected.</summary>
public sealed record IssuesCreated
{
    /// <summary>The pair that asked.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The place in the snapshot of the first issue that is not done, from 0.</summary>
    public required int Next { get; init; }

    /// <summary>How many this run created.</summary>
    public required int Created { get; init; }

    /// <summary>How many this run found there already.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>What GitHub rejected in this run.</summary>
    public required IReadOnlyList<RejectedIssue> Rejected { get; init; }

    /// <summary>Another delivery of the command is at work on the first issue, and nothing was done: the command is still open.</summary>
    public bool IsBusy { get; init; }

    /// <summary>What ended the run before its time, at the issue in place <see cref="Next"/>; null when nothing did.</summary>
    public Failure? EndedBy { get; init; }
}
