using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Sagas;

namespace Monarch.Workers.Migrations.Batches;

/// <summary>One request. It holds one outcome per target and derives its counts from them, so that no answer counts twice.</summary>
sealed class MigrationBatchState : SagaStateMachineInstance, ISleepingSaga, ITracedSaga, IRetryState
{
    /// <summary>The batch's id.</summary>
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    /// <summary>The number of the newest event that it has published.</summary>
    public int EventVersion { get; set; }

    public string CurrentState { get; set; } = "";

    /// <summary>The present run: the batch's own id at first, another one for each retry. Answers to an earlier run are stale.</summary>
    public Guid RunId { get; set; }

    /// <summary>What people want of it.</summary>
    public Directive Directive { get; set; }

    /// <summary>What people have done to it, the latest twenty.</summary>
    public List<Intervention> Interventions { get; set; } = [];

    /// <summary>Copies that somebody has deleted in a target are created again.</summary>
    public bool Recreate { get; set; }

    public string Source { get; set; } = "";

    public long SourceRepositoryId { get; set; }

    public string? NotificationChannel { get; set; }

    public DateTimeOffset RequestedAt { get; set; }

    public string? IntakeId { get; set; }

    public string SnapshotId { get; set; } = "";

    public DateTimeOffset SnapshotReadAt { get; set; }

    /// <summary>How many issues the snapshot holds; null until the source is read.</summary>
    public int? IssueCount { get; set; }

    public List<BatchTarget> Targets { get; set; } = [];

    /// <summary>The reading of the source, while it is awaited.</summary>
    public Outstanding? Outstanding { get; set; }

    /// <summary>The MessageId of the event that ended the reading of the source; null before.</summary>
    public Guid? ReadBy { get; set; }

    public Failure? Failure { get; set; }

    public DateTimeOffset? WaitingUntil { get; set; }

    public int Failures { get; set; }

    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? RefusedSince { get; set; }

    /// <summary>When the answers that are missing are asked for again (UTC).</summary>
    public DateTimeOffset StallCheckAt { get; set; }

    /// <summary>How often they were asked for again in a row.</summary>
    public int StallChecks { get; set; }

    public DateTimeOffset? WakeAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <inheritdoc/>
    public string? TraceParent { get; set; }

    IReadOnlyDictionary<string, string> ITracedSaga.TraceTags =>
        new Dictionary<string, string> { [TraceTags.Migration] = $"{CorrelationId}" };

    /// <summary>What people are told: <see cref="CurrentState"/>, and after the end how it went.</summary>
    public BatchStatus Status { get; set; }

    public bool Awaits(Guid commandId) => Outstanding?.CommandId == commandId;

    public bool WasCausedBy(Guid? messageId) => messageId is not null && Outstanding?.CausedBy == messageId;

    public bool IsWokenBy(WakeBatch wake) => wake.IsRestart ? WakeAt is not null : WakeAt <= wake.DueAt;

    public bool IsRetry() => RunId != CorrelationId;

    /// <summary>It was paused while it read the source, and nothing is under way.</summary>
    public bool IsResting() => Outstanding is null && WakeAt is null && EndedAt is null;

    public bool CanRetry(RetryRejectedIssues request) =>
        Targets.Exists(target => target.HasFailed()) && !HasReceived(InterventionKind.Retry, request.RequestedAt);

    public bool HasReceived(InterventionKind kind, DateTimeOffset at) => Interventions.Exists(x => x.Kind == kind && x.At == at);

    public bool IsResolving(int index) => Targets[index] is { RepositoryId: null } target && !target.IsEnded();
}
