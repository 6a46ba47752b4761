using Monarch.Contracts;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Status;

/// <summary>One repository of a migration as the API shows it.</summary>
public sealed record RepositoryView
{
    /// <summary>The requested name.</summary>
    public required string Requested { get; init; }

    /// <summary>GitHub's name for it; left out until it is resolved.</summary>
    public string? FullName { get; init; }

    /// <summary>GitHub's numeric id; left out until it is resolved.</summary>
    public long? RepositoryId { get; init; }

    /// <summary>Its status.</summary>
    public required RepositoryStatus Status { get; init; }

    /// <summary>How many issues it is to have.</summary>
    public int Total { get; init; }

    /// <summary>How many were created.</summary>
    public int Created { get; init; }

    /// <summary>How many existed already.</summary>
    public int AlreadyThere { get; init; }

    /// <summary>How many were rejected.</summary>
    public int Rejected { get; init; }

    /// <summary>It waits until this time (UTC); left out when it does not wait.</summary>
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>Whether it is paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The account that writes to it, as <c>/api/credentials</c> names it; left out until known.</summary>
    public string? Account { get; init; }

    /// <summary>Why it waits or failed; left out when neither.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Each issue that was rejected, with the reason.</summary>
    public IReadOnlyList<RejectedIssue> RejectedIssues { get; init; } = [];

    /// <summary>
    /// What copies lack, have in another form, or keep because they were edited; before the end only what concerns the repository as a whole.
    /// </summary>
    public IReadOnlyList<IssueNote> Notes { get; init; } = [];
}
