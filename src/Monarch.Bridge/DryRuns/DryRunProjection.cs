using MassTransit;
using Monarch.Contracts.DryRuns;

namespace Monarch.Bridge.DryRuns;

/// <summary>Stores the results of dry runs.</summary>
sealed class DryRunProjection(IDryRunStore store) : IConsumer<DryRunProgressed>
{
    public Task Consume(ConsumeContext<DryRunProgressed> context) => store.ApplyAsync(context.Message, context.CancellationToken);
}
