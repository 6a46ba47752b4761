using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.DryRuns;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Sagas;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.DryRuns;

/// <summary>A dry run. Its size does not depend on the number of issues.</summary>
sealed class DryRunState : SagaStateMachineInstance, ISleepingSaga, IRetryState
{
    /// <summary>The dry run's id.</summary>
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    /// <summary>The version of the newest event that was published.</summary>
    public int EventVersion { get; set; }

    public string CurrentState { get; set; } = "";

    /// <summary>The reported status.</summary>
    public DryRunStatus Status { get; set; }

    public string Source { get; set; } = "";

    public long SourceRepositoryId { get; set; }

    public DateTimeOffset RequestedAt { get; set; }

    /// <summary>Whether copies that were deleted in a target would be created again.</summary>
    public bool Recreate { get; set; }

    /// <summary>What would be copied; null for all open issues, by the workers' settings.</summary>
    public CopyOptions? Copy { get; set; }

    public string SnapshotId { get; set; } = "";

    /// <summary>How many issues the snapshot holds; null until the source is read.</summary>
    public int? IssueCount { get; set; }

    public List<DryRunTargetState> Targets { get; set; } = [];

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

    /// <summary>When the dry run ends with what it knows by then (UTC).</summary>
    public DateTimeOffset Deadline { get; set; }

    public DateTimeOffset? WakeAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public bool Awaits(Guid commandId) => Outstanding?.CommandId == commandId;

    public bool WasCausedBy(Guid? messageId) => messageId is not null && Outstanding?.CausedBy == messageId;

    public bool IsWokenBy(WakeDryRun wake) => wake.IsRestart ? WakeAt is not null : WakeAt <= wake.DueAt;
}
