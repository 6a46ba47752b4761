using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Intake;
using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>Updates the views of servers from the sagas' events, and removes saved moves from the stream.</summary>
sealed class ServerProjection(IServerViews views, [FromKeyedServices(MoveEntries.Stream)] IIntakeStream stream)
    : IConsumer<ServerProgressed>
{
    public async Task Consume(ConsumeContext<ServerProgressed> context)
    {
        // In this order: a reader of the stream and then the views misses no move.
        await views.ApplyAsync(context.Message, context.CancellationToken);
        if (context.Message.SavedIntakeIds.Count > 0)
        {
            await stream.RemoveAsync(context.Message.SavedIntakeIds, context.CancellationToken);
        }
    }
}
