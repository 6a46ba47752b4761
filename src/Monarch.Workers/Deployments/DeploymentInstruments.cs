using System.Diagnostics.Metrics;
using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments;

/// <summary>What Usher counts.</summary>
sealed class DeploymentInstruments
{
    readonly Counter<long> _deployments;
    readonly Histogram<double> _duration;

    public DeploymentInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("Monarch");
        Moves = meter.CreateCounter<long>("monarch.usher.moves", "{move}", "Moves of issues that reached the queue of a server, by result.");
        Wait = meter.CreateHistogram<double>("monarch.usher.wait", "s", "Time from an issue's first move to the start of its deployment.");
        _deployments = meter.CreateCounter<long>("monarch.usher.deployments", "{deployment}", "Deployments that have ended, by outcome.");
        _duration = meter.CreateHistogram<double>("monarch.usher.deployment.duration", "s", "Time from the start of a deployment command to its end, by outcome.");
    }

    /// <summary>Moves that reached a queue; tag <c>result</c>: queued, folded, duplicate or overtaken.</summary>
    public Counter<long> Moves { get; }

    public Histogram<double> Wait { get; }

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
