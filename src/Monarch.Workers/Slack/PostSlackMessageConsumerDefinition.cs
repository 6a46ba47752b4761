using MassTransit;
using Monarch.Contracts;

namespace Monarch.Workers.Slack;

sealed class PostSlackMessageConsumerDefinition : ConsumerDefinition<PostSlackMessageConsumer>
{
    // Slack takes about one message a second in a channel: more hands would only be told to wait.
    public PostSlackMessageConsumerDefinition() => (EndpointName, ConcurrentMessageLimit) = (EndpointNames.PostToSlack, 4);
}
