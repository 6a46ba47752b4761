using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Contracts.Slack;
using Monarch.Redis.Sagas;
using Monarch.Workers.Migrations;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>What Slack is told of one batch, and how far that got.</summary>
sealed class SlackNotificationState : SagaStateMachineInstance, ISleepingSaga, ITracedSaga
{
    /// <summary>The batch's id.</summary>
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    /// <summary>The channel as the request names it.</summary>
    public string Channel { get; set; } = "";

    /// <summary>The channel's id as Slack names it, and the message's <c>ts</c>; null until the message is posted.</summary>
    public string? PostedChannel { get; set; }

    public string? PostedTimestamp { get; set; }

    public string Source { get; set; } = "";

    /// <summary>The source, by GitHub's numeric id; 0 until a pair has told it.</summary>
    public long SourceRepositoryId { get; set; }

    public BatchStatus Status { get; set; }

    public int? IssueCount { get; set; }

    public int TargetCount { get; set; }

    public string? Reason { get; set; }

    public string? Remedy { get; set; }

    /// <summary>What sort of failure the batch waits for or ended with; null when neither.</summary>
    public FailureKind? FailureKind { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>What people have done to the batch, oldest first.</summary>
    public List<Intervention> Interventions { get; set; } = [];

    /// <summary>When the batch ended (UTC); null while it runs. Another time is the end of another run.</summary>
    public DateTimeOffset? BatchEndedAt { get; set; }

    public DateTimeOffset? WaitingUntil { get; set; }

    /// <summary>The version of the batch's newest event that was taken in.</summary>
    public int BatchVersion { get; set; }

    public List<NotifiedTarget> Targets { get; set; } = [];

    /// <summary>Something changed since the message was last sent.</summary>
    public bool IsStale { get; set; }

    /// <summary>How many characters Slack last let the message have, where that is fewer than it should take; 0 while it takes all.</summary>
    public int TextLimit { get; set; }

    /// <summary>Why Slack did not take the latest message; null when it did.</summary>
    public Failure? Refusal { get; set; }

    /// <summary>Slack refuses to change the message.</summary>
    public bool IsUpdateRefused { get; set; }

    /// <summary>The outstanding command posts a part of the summary, a message of its own.</summary>
    public bool IsPostingSummary { get; set; }

    /// <summary>How many parts of the summary are posted.</summary>
    public int SummaryPartsPosted { get; set; }

    public Outstanding? Outstanding { get; set; }

    /// <summary>The text of the outstanding command: sent again, it says the same.</summary>
    public string? OutstandingText { get; set; }

    /// <summary>Not before then is the next update sent (UTC).</summary>
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

    public bool IsTriedAgain() => Interventions.Exists(x => x.Kind == InterventionKind.Retry);

    /// <summary>Somebody had the batch tried again after its end; saying the end again is no other run.</summary>
    public bool IsAnotherRun(BatchProgressed batch) =>
        BatchHasEnded() && batch.Version > BatchVersion
        && (batch.Status < BatchStatus.Completed || (BatchEndedAt is not null && batch.EndedAt != BatchEndedAt));

    public bool Awaits(Guid commandId) => Outstanding?.CommandId == commandId;

    public bool WasMovedBy(Guid? messageId) => messageId is not null && Outstanding?.CausedBy == messageId;

    public bool IsWokenBy(WakeSlackNotification wake) => wake.IsRestart ? Outstanding is not null : WakeAt <= wake.DueAt;
}
