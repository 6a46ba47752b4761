using MassTransit;
using Monarch.Contracts.GitHub;

namespace Monarch.Workers.GitHub.Repositories;

sealed class PrepareTargetConsumer(TargetPreparer preparer) : IConsumer<PrepareTarget>
{
    public async Task Consume(ConsumeContext<PrepareTarget> context)
    {
        var command = context.Message;
        switch (await preparer.PrepareAsync(command, context.CancellationToken))
        {
            case TargetPreparation.Prepared prepared:
                await context.Publish(
                    new TargetPrepared
                    {
                        RepositoryMigrationId = command.RepositoryMigrationId,
                        CommandId = command.CommandId,
                        TargetFullName = prepared.FullName,
                        Account = prepared.Account,
                        Notes = prepared.Notes.Count > 0 ? prepared.Notes : null,
                    }
                );
                break;
            case TargetPreparation.Refused refused:
                await context.Publish(
                    new RepositoryMigrationRefused
                    {
                        RepositoryMigrationId = command.RepositoryMigrationId,
                        CommandId = command.CommandId,
                        Failure = refused.Failure,
                    }
                );
                break;
            case TargetPreparation.Deferred deferred:
                await context.Publish(
                    new RepositoryMigrationDeferred
                    {
                        RepositoryMigrationId = command.RepositoryMigrationId,
                        CommandId = command.CommandId,
                        Failure = deferred.Failure,
                        Place = deferred.Place,
                    }
                );
                break;
        }
    }
}
