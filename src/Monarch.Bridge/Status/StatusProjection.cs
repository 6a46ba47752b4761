using MassTransit;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Status;

/// <summary>Keeps the read model from the sagas' events.</summary>
sealed class StatusProjection(IStatusStore store) : IConsumer<BatchProgressed>, IConsumer<RepositoryProgressed>
{
    public Task Consume(ConsumeContext<BatchProgressed> context) => store.ApplyAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<RepositoryProgressed> context) => store.ApplyAsync(context.Message, context.CancellationToken);
}
