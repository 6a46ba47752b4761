using MassTransit;
using Monarch.Contracts.Deployments;

namespace Monarch.Tests.Bridge.Deployments;

sealed class ServerStandInConsumer(ServerStandIn saga) : IConsumer<QueueIssues>, IConsumer<SteerServer>
{
    public Task Consume(ConsumeContext<QueueIssues> context) => AnswerAsync(context, saga.Queue(context.Message));

    public Task Consume(ConsumeContext<SteerServer> context) => AnswerAsync(context, saga.Steer(context.Message));

    static Task AnswerAsync(ConsumeContext context, ServerProgressed? progress) =>
        progress is null ? Task.CompletedTask : context.Publish(progress);
}
