using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Contracts.Slack;
using Monarch.Workers.Failures;
using Monarch.Workers.Slack.Client;
using Monarch.Workers.Slack.Pace;

namespace Monarch.Workers.Slack;

sealed class PostSlackMessageConsumer(SlackClient slack, SlackPacing pacing, ILogger<PostSlackMessageConsumer> logger)
    : IConsumer<PostSlackMessage>
{
    public async Task Consume(ConsumeContext<PostSlackMessage> context)
    {
        var command = context.Message;
        try
        {
            var posted = await SendAsync(command, context.CancellationToken);
            await context.Publish(
                new SlackMessagePosted
                {
                    BatchId = command.BatchId,
                    CommandId = command.CommandId,
                    Channel = posted.ChannelId,
                    Timestamp = posted.Timestamp,
                }
            );
        }
        catch (SlackException e) when (e.Failure.Kind is FailureKind.Transient or FailureKind.Throttled or FailureKind.Unauthorised)
        {
            if (!e.Failure.IsSelfThrottled())
            {
                logger.SlackDeferred(command.BatchId, e.Failure.Kind, e.Failure.Message);
                await CloseAsync(command, e.Failure, context.CancellationToken);
            }

            await context.Publish(
                new SlackMessageDeferred
                {
                    BatchId = command.BatchId,
                    CommandId = command.CommandId,
                    Failure = e.Failure,
                }
            );
        }
        catch (SlackException e)
        {
            await context.Publish(
                new SlackMessageRefused
                {
                    BatchId = command.BatchId,
                    CommandId = command.CommandId,
                    Failure = e.Failure,
                }
            );
        }
    }

    Task CloseAsync(PostSlackMessage command, Failure failure, CancellationToken cancellationToken) =>
        failure is { Kind: FailureKind.Throttled, RetryAt: { } until }
            ? pacing.CloseAsync(command, until, cancellationToken)
            : Task.CompletedTask;

    async Task<SlackMessage> SendAsync(PostSlackMessage command, CancellationToken cancellationToken)
    {
        await pacing.WaitAsync(command, cancellationToken);
        if (command.Timestamp is null)
        {
            return await slack.PostAsync(command.Channel, command.Text, cancellationToken);
        }

        await slack.UpdateAsync(command.Channel, command.Timestamp, command.Text, cancellationToken);
        return new SlackMessage(command.Channel, command.Timestamp);
    }
}
