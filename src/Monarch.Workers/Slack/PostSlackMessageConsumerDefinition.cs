using MassTransit;
using Monarch.Contracts;

namespace Monarch.Workers.Slack;

sealed class PostSlackMessageConsumerDefinition : ConsumerDefinition<PostSlackMessageConsumer>
{
    // Slack takes about one message a second in a channel: more at once would only wait for their turn.
    public PostSlackMessageConsumerDefinition() => (EndpointName, ConcurrentMessageLimit) = (EndpointNames.PostToSlack, 4);
}
