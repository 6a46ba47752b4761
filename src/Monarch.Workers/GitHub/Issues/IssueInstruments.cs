using System.Diagnostics.Metrics;
using Monarch.Contracts;
using Monarch.Hosting;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Endpoints;

namespace Monarch.Workers.GitHub.Issues;

/// <summary>What became of each issue that a worker tried to create.</summary>
sealed class IssueInstruments
{
    readonly Counter<long> _issues;

    public IssueInstruments(IMeterFactory meters)
    {
        _issues = meters.Create("Monarch").CreateCounter<long>("monarch.issues", "{issue}", "Attempts at an issue, by what became of them.");
        // A series that begins with its first count hides that count from increase().
        Count("created", 0);
        Count("rejected", 0);
    }

    /// <summary>An attempt has ended. What has done nothing is the next command's, after a wait.</summary>
    /// <param name="run">What the attempt did.</param>
    /// <param name="error">Why it failed; null when it did not.</param>
    public void Tried(Run run, Exception? error)
    {
        if (run.Outcome is { } outcome)
        {
            Count(outcome, 1);
        }
        else if (error is null)
        {
            // The run has no time left to wait for the budget.
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
