using System.Diagnostics.Metrics;
using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments;

/// <summary>What Usher counts.</summary>
sealed class DeploymentInstruments
{
    readonly Counter<long> _moves;
    readonly Counter<long> _deployments;
    readonly Histogram<double> _duration;

    public DeploymentInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("Monarch");
        _moves = meter.CreateCounter<long>("monarch.usher.moves", "{move}", "Moves of issues that reached the queue of a server, by result.");
        Wait = meter.CreateHistogram<double>("monarch.usher.wait", "s", "Time from an issue's first move to the start of its deployment.");
        _deployments = meter.CreateCounter<long>("monarch.usher.deployments", "{deployment}", "Deployments that have ended, by outcome.");
        _duration = meter.CreateHistogram<double>("monarch.usher.deployment.duration", "s", "Time from the start of a deployment command to its end, by outcome.");
    }

    public Histogram<double> Wait { get; }

    public void Took(MoveResult result) => _moves.Add(1, new KeyValuePair<string, object?>("result", $"{result}".ToLowerInvariant()));

    public void Ended(DeploymentRecord deployment)
    {
        var outcome = new KeyValuePair<string, object?>("outcome", $"{deployment.Outcome}".ToLowerInvariant());
        _deployments.Add(1, outcome);
        if (deployment is { StartedAt: { } started, EndedAt: { } ended } && ended >= started)
        {
            _duration.Record((ended - started).TotalSeconds, outcome);
        }
    }
}

/// <summary>What became of a move that reached the queue of its server.</summary>
enum MoveResult
{
    /// <summary>It is queued.</summary>
    Queued,

    /// <summary>Its issue was queued already.</summary>
    Folded,

    /// <summary>It was known already.</summary>
    Duplicate,

    /// <summary>A deployment that started after it has deployed its issue.</summary>
    Overtaken,
}
