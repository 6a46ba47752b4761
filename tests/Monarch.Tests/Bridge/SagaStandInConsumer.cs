using MassTransit;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Bridge;

sealed class SagaStandInConsumer(SagaStandIn saga)
    : IConsumer<MigrateIssues>,
        IConsumer<CancelMigration>,
        IConsumer<PauseMigration>,
        IConsumer<ResumeMigration>,
        IConsumer<RetryRejectedIssues>
{
    public async Task Consume(ConsumeContext<MigrateIssues> context)
    {
        saga.Note(context.MessageId, context.Message);
        if (saga.Accepts)
        {
            await context.Publish(new BatchAccepted { BatchId = context.Message.BatchId, IntakeId = context.Message.IntakeId });
        }
    }

    public Task Consume(ConsumeContext<CancelMigration> context) => NoteAsync(context.Message);

    public Task Consume(ConsumeContext<PauseMigration> context) => NoteAsync(context.Message);

    public Task Consume(ConsumeContext<ResumeMigration> context) => NoteAsync(context.Message);

    public Task Consume(ConsumeContext<RetryRejectedIssues> context) => NoteAsync(context.Message);

    Task NoteAsync(object command)
    {
        saga.Note(command);
        return Task.CompletedTask;
    }
}
