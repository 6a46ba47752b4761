using MassTransit;
using Microsoft.Extensions.Options;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Repositories;

sealed class ResolveTargetConsumer(GitHubClients gitHubs, IOptions<OwnerOptions> owners) : IConsumer<ResolveTarget>
{
    public async Task Consume(ConsumeContext<ResolveTarget> context)
    {
        var command = context.Message;
        var (_, repository) = await gitHubs.FindAsync(command.Target, context.CancellationToken);
        if (owners.Value.Refusal(command.Target, repository.FullName) is { } refusal)
        {
            await context.Publish(
                new TargetRefused
                {
                    BatchId = command.BatchId,
                    TargetIndex = command.TargetIndex,
                    Failure = refusal,
                }
            );
            return;
        }

        await context.Publish(
            new TargetResolved
            {
                BatchId = command.BatchId,
                TargetIndex = command.TargetIndex,
                RepositoryId = repository.Id,
                FullName = repository.FullName,
            }
        );
    }
}
