using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Sagas;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>
/// The migration of one source to one target. Its size does not depend on the number of issues: counters, a cursor, the outstanding
/// command.
/// </summary>
sealed class RepositoryMigrationState : SagaStateMachineInstance, ISleepingSaga, ITracedSaga, IRetryState
{
    /// <summary>The repository migration's id, derived from the two repository ids.</summary>
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    /// <summary>The version of the newest event that was published.</summary>
    public int EventVersion { get; set; }

    public string CurrentState { get; set; } = "";

    public long SourceRepositoryId { get; set; }

    public string SourceFullName { get; set; } = "";

    public long TargetRepositoryId { get; set; }

    public string TargetFullName { get; set; } = "";

    /// <summary>The account that writes to the target; null until the target is prepared.</summary>
    public string? Account { get; set; }

    /// <summary>What every copy will lack, about the target as a whole; empty until the target is prepared.</summary>
    public List<IssueNote> TargetNotes { get; set; } = [];

    /// <summary>The current pass.</summary>
    public Pass Pass { get; set; } = new();

    /// <summary>The pass after the current one; set when a migration that joined needs more than the current one does.</summary>
    public Pass? NextPass { get; set; }

    /// <summary>The cursor: the index in the snapshot of the first issue that is not done.</summary>
    public int Next { get; set; }

    /// <summary>The index in the snapshot of the first issue whose copy is not finished.</summary>
    public int NextToFinish { get; set; }

    /// <summary>Requests of other migrations with other options: each begins when those before it have ended.</summary>
    public List<MigrateRepository> Queued { get; set; } = [];

    /// <summary>How far the target has been read; null before reading begins, and once the target is prepared.</summary>
    public TargetPlace? Place { get; set; }

    /// <summary>How many issues were created since the start, in all passes.</summary>
    public int Created { get; set; }

    /// <summary>How many issues were rejected in the current pass.</summary>
    public int Rejected { get; set; }

    /// <summary>The runs that wait for the completion; after it, the runs that received it.</summary>
    public List<WaitingRun> Waiting { get; set; } = [];

    /// <summary>The runs that received earlier completions, the latest hundred.</summary>
    public List<Guid> Answered { get; set; } = [];

    /// <summary>The runs that were cancelled before they started here, or while others continued; the latest hundred.</summary>
    public List<Guid> Cancelled { get; set; } = [];

    /// <summary>The outstanding command; null while the saga waits for a time or is paused, and after the end.</summary>
    public Outstanding? Outstanding { get; set; }

    /// <summary>The MessageId of the event that ended the repository migration; null before.</summary>
    public Guid? EndedBy { get; set; }

    /// <inheritdoc/>
    public Failure? Failure { get; set; }

    /// <summary>The end of a planned wait (UTC); null when there is none.</summary>
    public DateTimeOffset? WaitingUntil { get; set; }

    /// <inheritdoc/>
    public int Failures { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset? FailingSince { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset? RefusedSince { get; set; }

    /// <summary>
    /// Whether the next issue is tried for the last time: if GitHub refuses it once more without a reason, it is rejected and the others
    /// continue.
    /// </summary>
    public bool IsLastTry { get; set; }

    /// <summary>The reason for which an issue was rejected after its last try; null once another one was created.</summary>
    public string? LastRejectionReason { get; set; }

    public DateTimeOffset? WakeAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <inheritdoc/>
    public string? TraceParent { get; set; }

    IReadOnlyDictionary<string, string> ITracedSaga.TraceTags =>
        new Dictionary<string, string>
        {
            [TraceTags.Migration] = Waiting is [var first, ..] ? $"{first.BatchId}" : "",
            [TraceTags.Repository] = TargetFullName,
        };

    /// <summary>Whether issues of the current pass are not copied, or copies not finished.</summary>
    public bool IsPassUnfinished() => Next < Pass.IssueCount || (Status == RepositoryStatus.Finishing && NextToFinish < Pass.IssueCount);

    /// <summary>The reported status: <see cref="CurrentState"/>, and the outcome after the end.</summary>
    public RepositoryStatus Status { get; set; }

    /// <summary>The directive that follows from those of all waiting runs.</summary>
    public Directive EffectiveDirective() => Waiting.Min(run => run.Directive);

    /// <summary>How many issues of the current pass had been copied before.</summary>
    public int AlreadyThere() => Math.Max(0, Next - Created - Rejected);

    /// <summary>Whether it is paused and no command is in flight.</summary>
    public bool IsIdle() => Outstanding is null && WakeAt is null && EndedAt is null;

    public bool Awaits(Guid commandId) => Outstanding?.CommandId == commandId;

    public bool WasCausedBy(Guid? messageId) =>
        messageId is not null && (Outstanding is null ? EndedBy : Outstanding.CausedBy) == messageId;

    public bool IsWokenBy(WakeRepositoryMigration wake) => wake.IsRestart ? Outstanding is not null : WakeAt <= wake.DueAt;

    /// <summary>Whether the request's run was cancelled before it started here.</summary>
    public bool Declines(MigrateRepository request) =>
        Cancelled.Contains(request.RunId) || (request.Directive == Directive.Cancel && !IsAnswered(request.RunId));

    public bool IsAnswered(Guid runId) => Waiting.Exists(run => run.RunId == runId) || Answered.Contains(runId);
}
