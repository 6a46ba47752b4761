using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Ledgers;

namespace Monarch.Workers.GitHub.Targets;

sealed class PrepareTargetConsumer(
    GitHubClient gitHub, TargetReader reader, ILedger ledger, IOptions<OwnerOptions> owners, ILogger<PrepareTargetConsumer> logger) : IConsumer<PrepareTarget>
{
    public async Task Consume(ConsumeContext<PrepareTarget> context)
    {
        var command = context.Message;
        var repository = await gitHub.GetRepositoryAsync(command.TargetRepositoryId, context.CancellationToken);
        if ((owners.Value.Refusal(command.TargetFullName, repository.FullName) ?? TargetRules.Refusal(repository)) is { } refusal)
        {
            await context.Publish(new RepositoryMigrationRefused { PairId = command.PairId, CommandId = command.CommandId, Failure = refusal });
            return;
        }

        var pair = new LedgerKey(command.SourceRepositoryId, command.TargetRepositoryId);
        var copies = (await reader.ReadAsync(pair, context.CancellationToken)).Copies;
        await ledger.SetCreatedAsync(pair, copies, context.CancellationToken);
        logger.TargetPrepared(repository.FullName, copies.Count, command.SourceRepositoryId);
        await context.Publish(new TargetPrepared { PairId = command.PairId, CommandId = command.CommandId, TargetFullName = repository.FullName });
    }
}
