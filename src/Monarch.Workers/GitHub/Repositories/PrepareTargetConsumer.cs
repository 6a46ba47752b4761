using MassTransit;
using Monarch.Contracts.GitHub;

namespace Monarch.Workers.GitHub.Repositories;

sealed class PrepareTargetConsumer(TargetPreparer preparer) : IConsumer<PrepareTarget>
{
    public async Task Consume(ConsumeContext<PrepareTarget> context) =>
        await context.Publish(await preparer.PrepareAsync(context.Message, context.CancellationToken));
}
