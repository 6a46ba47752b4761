using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Ledgers;

namespace Monarch.Workers.GitHub.Targets;

sealed class PrepareTargetConsumer(GitHubClient gitHub, TargetReader reader, ILedger ledger, ILogger<PrepareTargetConsumer> logger)
    : IConsumer<PrepareTarget>
{
    public async Task Consume(ConsumeContext<PrepareTarget> context)
    {
        var command = context.Message;
        var repository = await gitHub.GetRepositoryAsync(command.TargetFullName, context.CancellationToken);
        if (TargetRules.Refusal(repository, command.TargetRepositoryId) is { } refusal)
        {
            await context.Publish(new RepositoryMigrationRefused { PairId = command.PairId, CommandId = command.CommandId, Failure = refusal });
            return;
        }

        var copies = await reader.ReadCopiesAsync(new(repository.Id, repository.FullName), command.SourceRepositoryId, context.CancellationToken);
        await ledger.SetCreatedAsync(new(command.SourceRepositoryId, repository.Id), copies, context.CancellationToken);
        logger.TargetPrepared(repository.FullName, copies.Count, command.SourceRepositoryId);
        await context.Publish(new TargetPrepared { PairId = command.PairId, CommandId = command.CommandId, TargetFullName = repository.FullName });
    }
}
