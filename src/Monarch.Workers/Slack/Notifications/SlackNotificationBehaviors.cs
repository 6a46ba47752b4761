using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Contracts.Slack;
using Monarch.Hosting;
using Monarch.Redis.Sagas;
using Monarch.Workers.Failures;
using Monarch.Workers.Migrations.Backoff;
using Monarch.Workers.Slack.Client;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>The verbs of <see cref="SlackNotificationStateMachine"/>.</summary>
sealed class SlackNotificationBehaviors(
    BackoffPolicy backoff,
    SlackSummary summary,
    IOptions<SlackOptions> slack,
    IOptions<SlackNotificationOptions> options,
    ILogger<SlackNotificationBehaviors> logger
)
{
    // A text of this length is not refused for its length.
    const int ShortestText = 200;

    public bool IsWanted(BatchProgressed batch) => batch.NotificationChannel is not null && slack.Value.IsOn;

    public Task Begin(BehaviorContext<SlackNotificationState, BatchProgressed> context)
    {
        context.Saga.Channel = context.Message.NotificationChannel!;
        context.Saga.ApplyBatch(context.Message);
        return SendNext(context);
    }

    public Task ApplyBatch(BehaviorContext<SlackNotificationState, BatchProgressed> context)
    {
        context.Saga.ApplyBatch(context.Message);
        return SendNext(context);
    }

    /// <summary>Starts another run: the same message is kept up to date, and the end gets a summary of its own.</summary>
    public void BeginAgain(BehaviorContext<SlackNotificationState, BatchProgressed> context)
    {
        var saga = context.Saga;
        (saga.EndedAt, saga.SummaryPartsPosted, saga.IsUpdateRefused) = (null, 0, false);
        saga.TraceParent = TraceParent.Keep();
        if (saga.IsPostingSummary)
        {
            // Its answer would count for the new summary.
            (saga.Outstanding, saga.OutstandingText, saga.IsPostingSummary) = (null, null, false);
        }
    }

    public Task ApplyRepository(BehaviorContext<SlackNotificationState, RepositoryProgressed> context)
    {
        context.Saga.ApplyRepository(context.Message);
        return SendNext(context);
    }

    public Task RecordPosted(BehaviorContext<SlackNotificationState, SlackMessagePosted> context)
    {
        var saga = context.Saga;
        if (saga.IsPostingSummary)
        {
            saga.SummaryPartsPosted++;
        }
        else if (saga.PostedTimestamp is null)
        {
            (saga.PostedChannel, saga.PostedTimestamp) = (context.Message.Channel, context.Message.Timestamp);
        }

        (saga.Outstanding, saga.OutstandingText, saga.IsPostingSummary) = (null, null, false);
        (saga.Failures, saga.FailingSince, saga.Refusal) = (0, null, null);
        saga.NextUpdateAt = backoff.After(options.Value.UpdateInterval);
        return SendNext(context);
    }

    public void Wait(BehaviorContext<SlackNotificationState, SlackMessageDeferred> context)
    {
        var (saga, failure) = (context.Saga, backoff.InLocalTime(context, context.Message.Failure));
        if (failure.IsSelfThrottled())
        {
            // Not a failure: its turn has not come yet.
            saga.Outstanding = null;
            saga.IsStale |= !saga.IsPostingSummary;
            saga.WakeAt = saga.NextUpdateAt = backoff.NextRetry(failure, saga.Failures);
            return;
        }

        (saga.FailingSince, saga.Refusal) = (backoff.Since(saga.FailingSince), failure);
        if (backoff.IsExhausted(saga.FailingSince))
        {
            End(saga, failure);
            return;
        }

        saga.Outstanding = null;
        saga.IsStale |= !saga.IsPostingSummary;
        saga.WakeAt = saga.NextUpdateAt = backoff.NextRetry(failure, saga.Failures++, saga.FailingSince);
    }

    /// <summary>
    /// Abandons a message that cannot be posted (the bot is not in the channel) or updated (it was deleted). The summary is still
    /// attempted, because the bot may have been invited meanwhile. A refused text is sent again, shorter.
    /// </summary>
    public Task RecordRefusal(BehaviorContext<SlackNotificationState, SlackMessageRefused> context)
    {
        var (saga, failure) = (context.Saga, context.Message.Failure);
        if (failure.Kind == FailureKind.RejectedIssue)
        {
            return SendShorter(context);
        }

        saga.Refusal = failure;
        if (saga.IsPostingSummary)
        {
            End(saga, failure);
            return Task.CompletedTask;
        }

        logger.MessageRefused(saga.CorrelationId, saga.Channel, failure.InWords());

        (saga.Outstanding, saga.OutstandingText, saga.IsUpdateRefused) = (null, null, true);
        return SendNext(context);
    }

    Task SendShorter(BehaviorContext<SlackNotificationState, SlackMessageRefused> context)
    {
        var (saga, failure) = (context.Saga, context.Message.Failure);
        var length = saga.OutstandingText!.Length / 2;
        logger.TextRefused(saga.CorrelationId, saga.Channel, saga.OutstandingText.Length, failure.Message);
        if (length >= ShortestText)
        {
            // Later posts may be longer: only chat.update has such a low limit.
            saga.TextLimit = saga.IsPostingSummary ? saga.TextLimit : length;
            return Send(context, SlackText.Cut(saga.OutstandingText, length));
        }

        saga.SummaryPartsPosted += saga.IsPostingSummary ? 1 : 0;
        (saga.Outstanding, saga.OutstandingText, saga.IsPostingSummary) = (null, null, false);
        saga.NextUpdateAt = backoff.After(options.Value.UpdateInterval);
        return SendNext(context);
    }

    public Task WakeUp(BehaviorContext<SlackNotificationState, WakeSlackNotification> context)
    {
        var saga = context.Saga;
        if (saga.Outstanding is not { } stalled)
        {
            // The update is due, even if this clock is behind.
            saga.NextUpdateAt = backoff.Now;
            return SendNext(context);
        }

        saga.FailingSince = backoff.Since(saga.FailingSince);
        if (backoff.IsExhausted(saga.FailingSince))
        {
            End(saga, backoff.GiveUpFailure(null));
            return Task.CompletedTask;
        }

        saga.WakeAt = backoff.StallCheck(++stalled.Resent);
        return SendOutstanding(context);
    }

    public Task SendOutstanding<T>(BehaviorContext<SlackNotificationState, T> context)
        where T : class
    {
        var saga = context.Saga;
        return context.Send(
            EndpointNames.Address(EndpointNames.PostToSlack),
            new PostSlackMessage
            {
                BatchId = saga.CorrelationId,
                CommandId = saga.Outstanding!.CommandId,
                Channel = saga.PostedChannel ?? saga.Channel,
                Timestamp = saga.IsPostingSummary ? null : saga.PostedTimestamp,
                Text = saga.OutstandingText!,
            }
        );
    }

    async Task SendNext<T>(BehaviorContext<SlackNotificationState, T> context)
        where T : class
    {
        var saga = context.Saga;
        if (saga.Outstanding is not null)
        {
            return;
        }

        // The end is sent immediately; earlier updates observe the interval.
        var isUrgent = saga.BatchHasEnded() && saga.FailingSince is null;
        var canUpdate = saga.IsStale && !saga.IsUpdateRefused;
        var hasUpdate = canUpdate || saga.BatchHasEnded();
        if (!hasUpdate || (saga.NextUpdateAt > backoff.Now && !isUrgent))
        {
            saga.WakeAt = hasUpdate ? saga.NextUpdateAt : null;
            return;
        }

        saga.IsPostingSummary = !canUpdate;
        var text = canUpdate ? ProgressText.Of(saga) : await summary.PartAsync(saga, saga.SummaryPartsPosted, context.CancellationToken);
        if (text is null)
        {
            End(saga, null);
            return;
        }

        saga.IsStale = false;
        await Send(context, text);
    }

    Task Send<T>(BehaviorContext<SlackNotificationState, T> context, string text)
        where T : class
    {
        var saga = context.Saga;
        (saga.Outstanding, saga.OutstandingText) = (new() { CommandId = NewId.NextGuid(), CausedBy = context.MessageId }, text);
        saga.WakeAt = backoff.StallCheck(0);
        return SendOutstanding(context);
    }

    void End(SlackNotificationState saga, Failure? failure)
    {
        (saga.Outstanding, saga.OutstandingText, saga.WakeAt, saga.EndedAt) = (null, null, null, backoff.Now);
        if (failure is not null)
        {
            logger.NotificationGivenUp(saga.CorrelationId, saga.Channel, failure.InWords());
        }
    }
}
