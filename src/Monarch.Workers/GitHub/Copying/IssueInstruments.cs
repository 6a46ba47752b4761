using System.Diagnostics.Metrics;
using Monarch.Contracts;
using Monarch.Hosting;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>Counts the attempts by outcome.</summary>
sealed class IssueInstruments
{
    readonly Counter<long> _issues;

    public IssueInstruments(IMeterFactory meters)
    {
        _issues = meters.Create("Monarch").CreateCounter<long>("monarch.issues", "{issue}", "Attempts to create an issue, by outcome.");
        // A series that begins with its first count hides that count from increase().
        Count("created", 0);
        Count("rejected", 0);
    }

    /// <summary>Records the end of an attempt. An attempt without a result is deferred to the next command.</summary>
    /// <param name="run">The result of the attempt.</param>
    /// <param name="error">The error; null when it did not fail.</param>
    public void Tried(Run run, Exception? error)
    {
        if (run.Outcome is { } outcome)
        {
            Count(outcome, 1);
        }
        else if (error is null)
        {
            // The slice has no time left to wait for the budget.
            Defer(run.EndedBy is { } failure ? Reason(failure) : "pace");
        }
        else if (error is not OperationCanceledException)
        {
            Defer(error is GitHubException e ? Reason(e.Failure) : "other");
        }
    }

    static string Reason(Failure failure) => failure.IsSelfThrottled() ? "pace" : MetricLabel.Of(failure.Kind);

    void Count(string outcome, long count) => _issues.Add(count, new KeyValuePair<string, object?>("outcome", outcome));

    void Defer(string reason) => _issues.Add(1, new("outcome", "deferred"), new("reason", reason));
}
