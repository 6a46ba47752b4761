using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Contracts.Slack;
using Monarch.Redis.Sagas;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>The Slack notification of one migration.</summary>
sealed class SlackNotificationState : SagaStateMachineInstance, ISleepingSaga, ITracedSaga
{
    /// <summary>The migration's id.</summary>
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    /// <summary>The channel as the request names it.</summary>
    public string Channel { get; set; } = "";

    /// <summary>The channel's id as Slack names it, and the message's <c>ts</c>; null until the message is posted.</summary>
    public string? PostedChannel { get; set; }

    public string? PostedTimestamp { get; set; }

    public string Source { get; set; } = "";

    /// <summary>GitHub's numeric id of the source; 0 until a repository migration has reported it.</summary>
    public long SourceRepositoryId { get; set; }

    public BatchStatus Status { get; set; }

    /// <summary>Whether the request selects issues by conditions.</summary>
    public bool IsSelection { get; set; }

    public int? IssueCount { get; set; }

    public int TargetCount { get; set; }

    public string? Reason { get; set; }

    public string? Remedy { get; set; }

    /// <summary>The kind of failure that the migration waits for or ended with; null when neither.</summary>
    public FailureKind? FailureKind { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>The interventions of people, oldest first.</summary>
    public List<Intervention> Interventions { get; set; } = [];

    /// <summary>When the migration ended (UTC); null while it runs. A different time is the end of another run.</summary>
    public DateTimeOffset? BatchEndedAt { get; set; }

    public DateTimeOffset? WaitingUntil { get; set; }

    /// <summary>The version of the migration's newest event that was applied.</summary>
    public int BatchVersion { get; set; }

    public List<NotifiedTarget> Targets { get; set; } = [];

    /// <summary>Whether the message is out of date.</summary>
    public bool IsStale { get; set; }

    /// <summary>The lowered limit of characters after Slack has refused a longer text; 0 for the default.</summary>
    public int TextLimit { get; set; }

    /// <summary>Why Slack did not accept the latest message; null when it did.</summary>
    public Failure? Refusal { get; set; }

    /// <summary>Whether Slack has refused to update the message.</summary>
    public bool IsUpdateRefused { get; set; }

    /// <summary>Whether the outstanding command posts a part of the summary, as a message of its own.</summary>
    public bool IsPostingSummary { get; set; }

    /// <summary>How many parts of the summary were posted.</summary>
    public int SummaryPartsPosted { get; set; }

    public Outstanding? Outstanding { get; set; }

    /// <summary>The text of the outstanding command, so that it is sent again unchanged.</summary>
    public string? OutstandingText { get; set; }

    /// <summary>The earliest time of the next update (UTC).</summary>
    public DateTimeOffset NextUpdateAt { get; set; }

    public int Failures { get; set; }

    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? WakeAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <inheritdoc/>
    public string? TraceParent { get; set; }

    IReadOnlyDictionary<string, string> ITracedSaga.TraceTags =>
        new Dictionary<string, string> { [TraceTags.Migration] = $"{CorrelationId}" };

    public bool BatchHasEnded() => Status >= BatchStatus.Completed;

    public bool IsRetried() => Interventions.Exists(x => x.Kind == InterventionKind.Retry);

    /// <summary>Whether the event belongs to a retry after the end. A republished completion does not.</summary>
    public bool IsAnotherRun(BatchProgressed batch) =>
        BatchHasEnded()
        && batch.Version > BatchVersion
        && (batch.Status < BatchStatus.Completed || (BatchEndedAt is not null && batch.EndedAt != BatchEndedAt));

    public bool Awaits(Guid commandId) => Outstanding?.CommandId == commandId;

    public bool WasCausedBy(Guid? messageId) => messageId is not null && Outstanding?.CausedBy == messageId;

    public bool IsWokenBy(WakeSlackNotification wake) => wake.IsRestart ? Outstanding is not null : WakeAt <= wake.DueAt;
}
