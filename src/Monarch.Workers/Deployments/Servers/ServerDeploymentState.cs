using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.Deployments;
using Monarch.Redis.Sagas;

namespace Monarch.Workers.Deployments.Servers;

/// <summary>A server and the issues that are queued for it.</summary>
sealed class ServerDeploymentState : SagaStateMachineInstance, ISleepingSaga, ITracedSaga
{
    /// <summary>The server's id.</summary>
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    public string Project { get; set; } = "";

    public IssueStatus Status { get; set; }

    /// <summary>The queue, in ascending order of the numbers. An issue leaves it when it is deployed or dropped.</summary>
    public List<QueuedIssue> Issues { get; set; } = [];

    /// <summary>The moves of the last day, for the detection of duplicates and late deliveries.</summary>
    public List<KnownMove> Known { get; set; } = [];

    /// <summary>The deployment that runs, waits to run, or is prepared; null when there is none.</summary>
    public DeploymentRecord? Deployment { get; set; }

    /// <summary>Whether Monarch itself runs <see cref="Deployment"/>; otherwise it is prepared.</summary>
    public bool IsDeploying { get; set; }

    /// <summary>The deployments that have ended, newest first.</summary>
    public List<DeploymentRecord> Ended { get; set; } = [];

    /// <summary>Prepared deployments without a reported result, newest first.</summary>
    public List<DeploymentRecord> Withdrawn { get; set; } = [];

    /// <summary>The number of the last deployment.</summary>
    public long LastNumber { get; set; }

    /// <summary>How often the command of the deployment was sent again because no answer arrived.</summary>
    public int Resent { get; set; }

    /// <summary>The deployment that was cancelled while it ran; null when none was.</summary>
    public Guid? Cancelled { get; set; }

    /// <summary>The number of failed deployments in a row.</summary>
    public int Failures { get; set; }

    /// <summary>The earliest time of the next deployment (UTC); null for no limit.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    public ServerHold? Hold { get; set; }

    public ServerPause? Pause { get; set; }

    /// <summary>The latest commands of people and scripts, newest first.</summary>
    public List<SteeringRecord> Commands { get; set; } = [];

    /// <summary>
    /// When <see cref="Contracts.Deployments.ServerProgressed"/> was published the last time, in Unix milliseconds; its version.
    /// </summary>
    public long ProgressVersion { get; set; }

    public DateTimeOffset? WakeAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <inheritdoc/>
    public string? TraceParent { get; set; }

    IReadOnlyDictionary<string, string> ITracedSaga.TraceTags =>
        new Dictionary<string, string> { [TraceTags.Server] = $"{Project} {Status}" };

    /// <summary>The issues that the current deployment does not include.</summary>
    public IEnumerable<QueuedIssue> Uncovered() => Issues.Where(issue => !IsCovered(issue));

    public bool IsCovered(QueuedIssue issue) =>
        Deployment?.Issues.Any(deployed => deployed.Number == issue.Number && deployed.MovedAt >= issue.MovedAt) is true;

    /// <summary>Whether deployments wait for a person or for the end of a hold.</summary>
    public bool IsPaused() => Hold is not null || Pause is not null;

    public bool Runs(Guid deploymentId) => Deployment?.DeploymentId == deploymentId;

    public bool IsWokenBy(WakeServer wake) => wake.IsRestart || WakeAt <= wake.DueAt;
}

/// <summary>The latest move of an issue.</summary>
sealed class KnownMove
{
    public int Number { get; set; }

    /// <summary>When it was moved (UTC).</summary>
    public DateTimeOffset MovedAt { get; set; }

    /// <summary>
    /// The time that the move named, from which <see cref="MovedAt"/> differs if it was in the future; null when an older version saved the
    /// move.
    /// </summary>
    public DateTimeOffset? NamedAt { get; set; }

    /// <summary>When the last successful deployment of the issue was started (UTC); null when there was none.</summary>
    public DateTimeOffset? DeployedAt { get; set; }
}
