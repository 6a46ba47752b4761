using System.Diagnostics.Metrics;
using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments.Servers;

/// <summary>Usher's metrics.</summary>
sealed class DeploymentInstruments
{
    // From a deployment that fails immediately to the default timeout.
    static readonly InstrumentAdvice<double> Minutes = new()
    {
        HistogramBucketBoundaries = [1, 5, 15, 30, 60, 120, 300, 600, 900, 1200, 1800, 2700, 3600],
    };

    readonly Counter<long> _moves;
    readonly Counter<long> _deployments;
    readonly Histogram<double> _duration;

    public DeploymentInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("Monarch");
        _moves = meter.CreateCounter<long>(
            "monarch.usher.moves",
            "{move}",
            "Moves of issues that reached the queue of a server, by result."
        );
        Wait = meter.CreateHistogram("monarch.usher.wait", "s", "Time from the first move of a deployment to its start.", advice: Minutes);
        _deployments = meter.CreateCounter<long>("monarch.usher.deployments", "{deployment}", "Deployments that have ended, by outcome.");
        _duration = meter.CreateHistogram(
            "monarch.usher.deployment.duration",
            "s",
            "Time from the start of a deployment command to its end, by outcome.",
            advice: Minutes
        );
        // A series that starts with its first count hides that count from increase().
        DeploymentOutcome[] outcomes =
        [
            DeploymentOutcome.Succeeded,
            DeploymentOutcome.Failed,
            DeploymentOutcome.Cancelled,
            DeploymentOutcome.Interrupted,
        ];
        foreach (var outcome in outcomes)
        {
            _deployments.Add(0, Outcome(outcome));
        }
    }

    public Histogram<double> Wait { get; }

    public void Moved(MoveResult result) => _moves.Add(1, new KeyValuePair<string, object?>("result", $"{result}".ToLowerInvariant()));

    public void Ended(DeploymentRecord deployment)
    {
        var outcome = Outcome(deployment.Outcome);
        _deployments.Add(1, outcome);
        if (deployment is { StartedAt: { } started, EndedAt: { } ended } && ended >= started)
        {
            _duration.Record((ended - started).TotalSeconds, outcome);
        }
    }

    static KeyValuePair<string, object?> Outcome(DeploymentOutcome? outcome) => new("outcome", $"{outcome}".ToLowerInvariant());
}

/// <summary>The result of a move that reached the queue of its server.</summary>
enum MoveResult
{
    /// <summary>Its issue is queued.</summary>
    Queued,

    /// <summary>Its issue was queued already.</summary>
    Folded,

    /// <summary>The move was received before.</summary>
    Duplicate,

    /// <summary>A deployment that started after the move has deployed its issue.</summary>
    Overtaken,
}
