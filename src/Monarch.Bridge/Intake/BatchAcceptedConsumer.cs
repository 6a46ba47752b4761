using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Bridge.Telemetry;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Intake;

sealed class BatchAcceptedConsumer(IIntakeStream stream, ILogger<BatchAcceptedConsumer> logger) : IConsumer<BatchAccepted>
{
    public async Task Consume(ConsumeContext<BatchAccepted> context)
    {
        if (context.Message.IntakeId is { } id)
        {
            await stream.RemoveAsync(id, context.CancellationToken);
            logger.BatchSaved(context.Message.BatchId);
        }
    }
}
