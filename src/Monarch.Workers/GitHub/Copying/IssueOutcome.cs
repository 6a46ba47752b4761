using Monarch.Contracts;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>
/// The outcome of one attempt at one issue. When GitHub fails at a slice's first issue, that is an exception instead, which the endpoint's
/// retries and circuit breaker see; at a later one <see cref="IssueCopier"/> makes it <see cref="Deferred"/>.
/// </summary>
abstract record IssueOutcome
{
    IssueOutcome() { }

    /// <summary>The cursor moves past the issue.</summary>
    public bool IsDone => this is Created or AlreadyThere or Rejected;

    /// <summary>This attempt created the issue, or found that a doubtful one before it did.</summary>
    internal sealed record Created : IssueOutcome;

    /// <summary>The ledger has the issue's copy.</summary>
    internal sealed record AlreadyThere : IssueOutcome;

    /// <summary>GitHub refuses this issue, or it cannot be read from the source.</summary>
    internal sealed record Rejected(RejectedIssue Issue) : IssueOutcome;

    /// <summary>The saga waits and sends the issue again.</summary>
    internal sealed record Deferred(Failure Failure) : IssueOutcome;

    /// <summary>Another attempt holds the intent. The failure says how long to wait if it does not answer.</summary>
    internal sealed record Busy(Failure Failure) : IssueOutcome;

    /// <summary>The target has to be read first: the ledger has lost what it knew of it.</summary>
    internal sealed record TargetUnread : IssueOutcome;

    /// <summary>The time to wait for the budget elapsed before the issue's turn, or the worker was interrupted.</summary>
    internal sealed record NotAttempted : IssueOutcome;
}
