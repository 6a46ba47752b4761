using MassTransit;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Bridge;

sealed class SagaStandInConsumer(SagaStandIn saga) : IConsumer<MigrateIssues>
{
    public async Task Consume(ConsumeContext<MigrateIssues> context)
    {
        saga.Note(context.MessageId, context.Message);
        if (saga.Accepts)
        {
            await context.Publish(new BatchAccepted { BatchId = context.Message.BatchId, IntakeId = context.Message.IntakeId });
        }
    }
}
