using MassTransit;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Status;

/// <summary>Updates the read model from the sagas' events, and counts ended migrations and repositories.</summary>
sealed class StatusProjection(IStatusStore store, MigrationInstruments instruments, TimeProvider time)
    : IConsumer<BatchProgressed>,
        IConsumer<RepositoryProgressed>
{
    public async Task Consume(ConsumeContext<BatchProgressed> context)
    {
        var batch = context.Message;
        var reached = await store.ApplyAsync(batch, context.CancellationToken);
        if (reached.Contains(StatusRows.BatchEnded))
        {
            instruments.Ended(batch);
        }

        foreach (var target in batch.Targets.Where(target => reached.Contains(StatusRows.TargetEnded(target))))
        {
            instruments.Ended(target);
        }
    }

    public async Task Consume(ConsumeContext<RepositoryProgressed> context)
    {
        var reached = await store.ApplyAsync(context.Message, context.CancellationToken);
        if (
            reached.Contains(StatusRows.FirstIssue)
            && await store.FindAsync(context.Message.BatchId, context.CancellationToken) is { } batch
        )
        {
            instruments.HasFirstIssue(time.GetUtcNow() - batch.RequestedAt);
        }
    }
}
