using System.Diagnostics.Metrics;
using Monarch.Contracts;
using Monarch.Hosting;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>The attempts at issues, by outcome.</summary>
sealed class IssueInstruments
{
    const string Deferred = "deferred";

    readonly Counter<long> _issues;

    public IssueInstruments(IMeterFactory meters)
    {
        _issues = meters.Create("Monarch").CreateCounter<long>("monarch.issues", "{issue}", "Attempts at an issue, by outcome.");
        // A series that begins with its first count hides that count from increase().
        Count("created", 0);
        Count("rejected", 0);
    }

    /// <returns>The outcome as metrics and spans name it.</returns>
    public string Record(IssueOutcome outcome) =>
        outcome switch
        {
            IssueOutcome.Created => Count("created", 1),
            IssueOutcome.AlreadyThere => Count("already_there", 1),
            IssueOutcome.Rejected => Count("rejected", 1),
            IssueOutcome.Deferred deferred => Defer(Reason(deferred.Failure)),
            IssueOutcome.Busy busy => Defer(Reason(busy.Failure)),
            // The ledger lacks the target, or the budget's turn is later than the slice's end.
            _ => Defer("pace"),
        };

    /// <inheritdoc cref="Record(IssueOutcome)"/>
    public string Record(Exception error) =>
        error switch
        {
            OperationCanceledException => Deferred,
            GitHubException e => Defer(Reason(e.Failure)),
            _ => Defer("other"),
        };

    static string Reason(Failure failure) => failure.IsSelfThrottled() ? "pace" : MetricLabel.Of(failure.Kind);

    string Count(string outcome, long count)
    {
        _issues.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
        return outcome;
    }

    string Defer(string reason)
    {
        _issues.Add(1, new("outcome", Deferred), new("reason", reason));
        return Deferred;
    }
}
