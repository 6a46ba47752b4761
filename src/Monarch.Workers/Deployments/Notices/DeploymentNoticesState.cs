using MassTransit;
using Monarch.Contracts.Deployments;
using Monarch.Redis.Sagas;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Deployments.Notices;

/// <summary>The pending notices of one server.</summary>
sealed class DeploymentNoticesState : SagaStateMachineInstance, ISleepingSaga, ITracedSaga
{
    /// <summary>The server's id.</summary>
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    /// <summary>The pending texts, oldest first; the first belongs to the outstanding command.</summary>
    public List<string> Texts { get; set; } = [];

    public Outstanding? Outstanding { get; set; }

    /// <summary>The version of the newest event that was applied.</summary>
    public long ServerVersion { get; set; }

    /// <summary>The number of the deployment before the last notice of queued issues; 0 before the first deployment.</summary>
    public long? QueuedAfter { get; set; }

    /// <summary>The last deployment whose start, or whose prepared command, was reported.</summary>
    public Guid? Begun { get; set; }

    /// <summary>The last deployment whose end was reported.</summary>
    public Guid? Ended { get; set; }

    public int Failures { get; set; }

    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? WakeAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <inheritdoc/>
    public string? TraceParent { get; set; }

    IReadOnlyDictionary<string, string> ITracedSaga.TraceTags => new Dictionary<string, string>();

    public bool Awaits(Guid commandId) => Outstanding?.CommandId == commandId;

    public bool WasCausedBy(Guid? messageId) => messageId is not null && Outstanding?.CausedBy == messageId;

    public bool IsWokenBy(WakeDeploymentNotices wake) => wake.IsRestart ? Outstanding is not null : WakeAt <= wake.DueAt;
}
