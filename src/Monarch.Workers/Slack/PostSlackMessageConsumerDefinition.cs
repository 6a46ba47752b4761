using MassTransit;
using Monarch.Contracts;

namespace Monarch.Workers.Slack;

sealed class PostSlackMessageConsumerDefinition : ConsumerDefinition<PostSlackMessageConsumer>
{
    // Slack accepts about one message a second in a channel, so more concurrency would only wait.
    public PostSlackMessageConsumerDefinition() => (EndpointName, ConcurrentMessageLimit) = (EndpointNames.PostToSlack, 4);
}
