using MassTransit;
using Monarch.Contracts.GitHub;

namespace Monarch.Workers.GitHub.Copying.Finishing;

sealed class FinishIssuesConsumer(CopyFinisher finisher, SourceRereader rereader) : IConsumer<FinishIssues>
{
    public async Task Consume(ConsumeContext<FinishIssues> context)
    {
        var command = context.Message;
        switch (await finisher.FinishAsync(command, context.CancellationToken))
        {
            case FinishOutcome.SnapshotLost:
                await context.Publish(
                    await rereader.ReadAsync(
                        new(
                            command.RepositoryMigrationId,
                            command.CommandId,
                            command.SnapshotId,
                            command.SourceRepositoryId,
                            command.SourceFullName,
                            command.Copy
                        ),
                        context.CancellationToken
                    )
                );
                break;
            case FinishOutcome.TargetUnread:
                await context.Publish(
                    new TargetUnread { RepositoryMigrationId = command.RepositoryMigrationId, CommandId = command.CommandId }
                );
                break;
            case FinishOutcome.Finished finished:
                await context.Publish(
                    new IssuesFinished
                    {
                        RepositoryMigrationId = command.RepositoryMigrationId,
                        CommandId = command.CommandId,
                        Next = command.From + finished.Count,
                        EndedBy = finished.EndedBy,
                    }
                );
                break;
        }
    }
}
