using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Sagas;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>One source and target pair. Small whatever the number of issues: counters, a cursor, what is outstanding.</summary>
sealed class RepositoryMigrationState : SagaStateMachineInstance, ISleepingSaga, ITracedSaga, IRetryState
{
    /// <summary>The pair's id, derived from the two repository ids.</summary>
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    /// <summary>The number of the newest event that it has published.</summary>
    public int EventVersion { get; set; }

    public string CurrentState { get; set; } = "";

    public long SourceRepositoryId { get; set; }

    public string SourceFullName { get; set; } = "";

    public long TargetRepositoryId { get; set; }

    public string TargetFullName { get; set; } = "";

    /// <summary>The account that writes to the target; null until the target is prepared.</summary>
    public string? Account { get; set; }

    /// <summary>The present pass.</summary>
    public Pass Pass { get; set; } = new();

    /// <summary>The pass after the present one; set when a batch that joined wants more than the present one does.</summary>
    public Pass? NextPass { get; set; }

    /// <summary>The cursor: the place in the snapshot of the first issue that is not done.</summary>
    public int Next { get; set; }

    /// <summary>How far the target has been read; null when the reading begins, and once it is prepared.</summary>
    public TargetPlace? Place { get; set; }

    /// <summary>How many this run has created, in all its passes.</summary>
    public int Created { get; set; }

    /// <summary>How many were rejected in the present pass.</summary>
    public int Rejected { get; set; }

    /// <summary>The runs of batches that wait for this run's end; once it has ended, those that were answered by it.</summary>
    public List<WaitingRun> Waiting { get; set; } = [];

    /// <summary>The runs of batches that earlier runs have answered, the latest hundred.</summary>
    public List<Guid> Answered { get; set; } = [];

    /// <summary>The runs of batches that were cancelled while the pair went on, or before it began; the latest hundred.</summary>
    public List<Guid> Cancelled { get; set; } = [];

    /// <summary>What the saga waits for; null while it waits for a time or is paused, and after the end.</summary>
    public Outstanding? Outstanding { get; set; }

    /// <summary>The MessageId of the event that ended the run; null while it runs.</summary>
    public Guid? EndedBy { get; set; }

    /// <summary>Why it waits or failed; null when neither.</summary>
    public Failure? Failure { get; set; }

    /// <summary>It waits on purpose until then (UTC); null when it does not.</summary>
    public DateTimeOffset? WaitingUntil { get; set; }

    /// <summary>How many failures came in a row.</summary>
    public int Failures { get; set; }

    /// <summary>When the failures in a row began (UTC); null when the last step went well.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset? RefusedSince { get; set; }

    /// <summary>The next issue was refused without a reason for long enough: refused once more, it is named and the others go on.</summary>
    public bool IsLastTry { get; set; }

    /// <summary>For what the latest issue was named after its last try; null once another one was created.</summary>
    public string? LastRejectionReason { get; set; }

    public DateTimeOffset? WakeAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <inheritdoc/>
    public string? TraceParent { get; set; }

    IReadOnlyDictionary<string, string> ITracedSaga.TraceTags => new Dictionary<string, string>
    {
        [TraceTags.Migration] = Waiting is [var first, ..] ? $"{first.BatchId}" : "",
        [TraceTags.Repository] = TargetFullName,
    };

    /// <summary>What people are told: <see cref="CurrentState"/>, and after the end how it went.</summary>
    public RepositoryStatus Status { get; set; }

    /// <summary>What those who wait want, taken together.</summary>
    public Directive Wanted() => Waiting.Min(run => run.Directive);

    /// <summary>How many of the present pass's issues were there before this run.</summary>
    public int AlreadyThere() => Math.Max(0, Next - Created - Rejected);

    /// <summary>It is paused, and nothing is under way.</summary>
    public bool IsResting() => Outstanding is null && WakeAt is null && EndedAt is null;

    public bool Awaits(Guid commandId) => Outstanding?.CommandId == commandId;

    public bool WasMovedBy(Guid? messageId) => messageId is not null && (Outstanding is null ? EndedBy : Outstanding.CausedBy) == messageId;

    public bool IsWokenBy(WakeRepositoryMigration wake) => wake.IsRestart ? Outstanding is not null : WakeAt <= wake.DueAt;

    /// <summary>Whether a run was cancelled before the pair could begin for it.</summary>
    public bool Declines(MigrateRepository request) =>
        Cancelled.Contains(request.RunId) || (request.Directive == Directive.Cancel && !IsAnswered(request.RunId));

    public bool IsAnswered(Guid runId) => Waiting.Exists(run => run.RunId == runId) || Answered.Contains(runId);
}
