using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Sagas;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.Batches;

/// <summary>A migration. It holds one outcome per target and derives its counts from them, so that no answer counts twice.</summary>
sealed class MigrationBatchState : SagaStateMachineInstance, ISleepingSaga, ITracedSaga, IRetryState
{
    /// <summary>The migration's id.</summary>
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    /// <summary>The version of the newest event that was published.</summary>
    public int EventVersion { get; set; }

    public string CurrentState { get; set; } = "";

    /// <summary>The current run: the migration's own id at first, a new one for each retry. Answers to an earlier run are stale.</summary>
    public Guid RunId { get; set; }

    /// <summary>The current directive.</summary>
    public Directive Directive { get; set; }

    /// <summary>The latest twenty interventions of people.</summary>
    public List<Intervention> Interventions { get; set; } = [];

    /// <summary>Whether copies that were deleted in a target are created again.</summary>
    public bool Recreate { get; set; }

    /// <summary>What is copied; null for all open issues, by the workers' settings.</summary>
    public CopyOptions? Copy { get; set; }

    public string Source { get; set; } = "";

    public long SourceRepositoryId { get; set; }

    public string? NotificationChannel { get; set; }

    public DateTimeOffset RequestedAt { get; set; }

    public string? IntakeId { get; set; }

    public string SnapshotId { get; set; } = "";

    public DateTimeOffset SnapshotReadAt { get; set; }

    /// <summary>How many issues the snapshot holds; null until the source is read.</summary>
    public int? IssueCount { get; set; }

    /// <summary>Whether the snapshot's issues need a second pass.</summary>
    public bool NeedsFinishing { get; set; }

    public List<BatchTarget> Targets { get; set; } = [];

    /// <summary>The command that reads the source, while its answer is pending.</summary>
    public Outstanding? Outstanding { get; set; }

    /// <summary>The MessageId of the event that ended the reading of the source; null before.</summary>
    public Guid? ReadBy { get; set; }

    public Failure? Failure { get; set; }

    public DateTimeOffset? WaitingUntil { get; set; }

    public int Failures { get; set; }

    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? RefusedSince { get; set; }

    /// <summary>When pending commands are sent again (UTC).</summary>
    public DateTimeOffset StallCheckAt { get; set; }

    /// <summary>How often they were sent again in a row.</summary>
    public int StallChecks { get; set; }

    public DateTimeOffset? WakeAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <inheritdoc/>
    public string? TraceParent { get; set; }

    IReadOnlyDictionary<string, string> ITracedSaga.TraceTags =>
        new Dictionary<string, string> { [TraceTags.Migration] = $"{CorrelationId}" };

    /// <summary>The reported status: <see cref="CurrentState"/>, and the outcome after the end.</summary>
    public BatchStatus Status { get; set; }

    public bool Awaits(Guid commandId) => Outstanding?.CommandId == commandId;

    public bool WasCausedBy(Guid? messageId) => messageId is not null && Outstanding?.CausedBy == messageId;

    public bool IsWokenBy(WakeBatch wake) => wake.IsRestart ? WakeAt is not null : WakeAt <= wake.DueAt;

    public bool IsRetry() => RunId != CorrelationId;

    /// <summary>Whether the source has no issue to copy, and no closed one whose copies may have to be closed.</summary>
    public bool HasNothingToDo() => IssueCount == 0 && !(NeedsFinishing && Copy?.CloseRemoved == true);

    /// <summary>Whether it was paused while reading the source and no command is in flight.</summary>
    public bool IsIdle() => Outstanding is null && WakeAt is null && EndedAt is null;

    public bool CanRetry(RetryRejectedIssues request) =>
        Targets.Exists(target => target.HasFailed()) && !HasReceived(InterventionKind.Retry, request.RequestedAt);

    public bool HasReceived(InterventionKind kind, DateTimeOffset at) => Interventions.Exists(x => x.Kind == kind && x.At == at);

    public bool IsResolving(int index) => Targets[index] is { RepositoryId: null } target && !target.IsEnded();
}
