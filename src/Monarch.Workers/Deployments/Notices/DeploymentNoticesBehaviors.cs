using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.Deployments;
using Monarch.Contracts.Slack;
using Monarch.Hosting;
using Monarch.Workers.Deployments.Settings;
using Monarch.Workers.Migrations.Backoff;
using Monarch.Workers.Slack.Client;

namespace Monarch.Workers.Deployments.Notices;

/// <summary>The verbs of <see cref="DeploymentNoticesStateMachine"/>.</summary>
sealed class DeploymentNoticesBehaviors(
    BackoffPolicy backoff,
    IOptions<DeploymentOptions> options,
    IOptions<SlackOptions> slack,
    ILogger<DeploymentNoticesBehaviors> logger
)
{
    /// <summary>The maximum number of pending texts; the oldest are dropped.</summary>
    const int TextsKept = 20;

    public bool IsWanted => options.Value.SlackChannel is not null && slack.Value.IsOn;

    public Task Apply(BehaviorContext<DeploymentNoticesState, ServerProgressed> context)
    {
        var (saga, server) = (context.Saga, context.Message);
        if (server.Version <= saga.ServerVersion)
        {
            return Task.CompletedTask;
        }

        if (!IsWanted)
        {
            Drop(saga);
            return Task.CompletedTask;
        }

        saga.ServerVersion = server.Version;
        saga.Texts.AddRange(NewNotices(saga, server));
        var first = saga.Outstanding is null ? 0 : 1;
        saga.Texts.RemoveRange(first, Math.Max(0, saga.Texts.Count - TextsKept));
        return SendNext(context);
    }

    public Task RecordPosted(BehaviorContext<DeploymentNoticesState, SlackMessagePosted> context) => Next(context);

    public void Wait(BehaviorContext<DeploymentNoticesState, SlackMessageDeferred> context)
    {
        var (saga, failure) = (context.Saga, backoff.InLocalTime(context, context.Message.Failure));
        if (!IsWanted)
        {
            Drop(saga);
            return;
        }

        saga.FailingSince = backoff.Since(saga.FailingSince);
        if (backoff.IsExhausted(saga.FailingSince))
        {
            GiveUp(saga, failure);
            return;
        }

        saga.Outstanding = null;
        saga.WakeAt = backoff.NextRetry(failure, saga.Failures++, saga.FailingSince);
    }

    public Task RecordRefusal(BehaviorContext<DeploymentNoticesState, SlackMessageRefused> context)
    {
        logger.NoticeRefused(options.Value.SlackChannel!, context.Message.Failure.InWords());
        return Next(context);
    }

    public Task WakeUp(BehaviorContext<DeploymentNoticesState, WakeDeploymentNotices> context)
    {
        var saga = context.Saga;
        if (saga.Outstanding is not { } stalled)
        {
            // The retry is due, even if this clock is behind.
            saga.WakeAt = null;
            return SendNext(context);
        }

        saga.FailingSince = backoff.Since(saga.FailingSince);
        if (IsWanted && backoff.IsExhausted(saga.FailingSince))
        {
            GiveUp(saga, backoff.GiveUpFailure(null));
            return Task.CompletedTask;
        }

        saga.WakeAt = backoff.StallCheck(++stalled.Resent);
        return SendOutstanding(context);
    }

    public Task SendOutstanding<T>(BehaviorContext<DeploymentNoticesState, T> context)
        where T : class
    {
        if (!IsWanted)
        {
            Drop(context.Saga);
            return Task.CompletedTask;
        }

        return context.Send(
            EndpointNames.Address(EndpointNames.PostToSlack),
            new PostSlackMessage
            {
                BatchId = context.Saga.CorrelationId,
                CommandId = context.Saga.Outstanding!.CommandId,
                Channel = options.Value.SlackChannel!,
                Text = context.Saga.Texts[0],
            }
        );
    }

    // Discards the pending texts: Slack was unavailable for too long, or was disabled.
    void Drop(DeploymentNoticesState saga)
    {
        saga.Texts.Clear();
        (saga.Outstanding, saga.Failures, saga.FailingSince, saga.WakeAt, saga.EndedAt) = (null, 0, null, null, backoff.Now);
    }

    void GiveUp(DeploymentNoticesState saga, Failure failure)
    {
        logger.NoticesGivenUp(options.Value.SlackChannel!, saga.Texts.Count, failure.Message);
        Drop(saga);
    }

    Task Next<T>(BehaviorContext<DeploymentNoticesState, T> context)
        where T : class
    {
        var saga = context.Saga;
        saga.Texts.RemoveAt(0);
        (saga.Outstanding, saga.Failures, saga.FailingSince) = (null, 0, null);
        return SendNext(context);
    }

    Task SendNext<T>(BehaviorContext<DeploymentNoticesState, T> context)
        where T : class
    {
        var saga = context.Saga;
        if (saga.Outstanding is not null || (saga.FailingSince is not null && saga.WakeAt > backoff.Now))
        {
            return Task.CompletedTask;
        }

        if (saga.Texts.Count == 0)
        {
            (saga.WakeAt, saga.EndedAt) = (null, backoff.Now);
            return Task.CompletedTask;
        }

        saga.Outstanding = new() { CommandId = NewId.NextGuid(), CausedBy = context.MessageId };
        (saga.WakeAt, saga.EndedAt) = (backoff.StallCheck(0), null);
        return SendOutstanding(context);
    }

    static IEnumerable<string> NewNotices(DeploymentNoticesState saga, ServerProgressed server)
    {
        var newest = server.Ended is [var last, ..] ? last : null;
        if (newest is not null && newest.DeploymentId != saga.Ended)
        {
            saga.Ended = newest.DeploymentId;
            yield return NoticeText.Ended(server, newest);
        }

        var deployments = server.Deployment?.Number ?? newest?.Number ?? 0;
        if (server.State == ServerStatus.Settling && server.Issues.Count > 0 && deployments != saga.QueuedAfter)
        {
            saga.QueuedAfter = deployments;
            yield return NoticeText.Queued(server);
        }

        if (
            server is { Deployment: { } deployment, State: ServerStatus.Deploying or ServerStatus.Prepared }
            && deployment.DeploymentId != saga.Begun
        )
        {
            saga.Begun = deployment.DeploymentId;
            yield return NoticeText.Begun(server, deployment);
        }
    }
}
