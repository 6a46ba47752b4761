using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Contracts.Slack;
using Monarch.Workers.Slack.Client;

namespace Monarch.Workers.Slack;

sealed class PostSlackMessageConsumer(SlackClient slack, ILogger<PostSlackMessageConsumer> logger) : IConsumer<PostSlackMessage>
{
    public async Task Consume(ConsumeContext<PostSlackMessage> context)
    {
        var command = context.Message;
        try
        {
            var posted = await SendAsync(command, context.CancellationToken);
            await context.Publish(new SlackMessagePosted
            {
                BatchId = command.BatchId,
                CommandId = command.CommandId,
                Channel = posted.ChannelId,
                Timestamp = posted.Timestamp,
            });
        }
        catch (SlackException e) when (e.Failure.Kind is FailureKind.Transient or FailureKind.Throttled or FailureKind.Unauthorised)
        {
            logger.SlackDeferred(command.BatchId, e.Failure.Kind, e.Failure.Message);
            await context.Publish(new SlackMessageDeferred { BatchId = command.BatchId, CommandId = command.CommandId, Failure = e.Failure });
        }
        catch (SlackException e)
        {
            await context.Publish(new SlackMessageRefused { BatchId = command.BatchId, CommandId = command.CommandId, Failure = e.Failure });
        }
    }

    async Task<SlackMessage> SendAsync(PostSlackMessage command, CancellationToken cancellationToken)
    {
        if (command.Timestamp is null)
        {
            return await slack.PostAsync(command.Channel, command.Text, cancellationToken);
        }

        await slack.UpdateAsync(command.Channel, command.Timestamp, command.Text, cancellationToken);
        return new SlackMessage(command.Channel, command.Timestamp);
    }
}
