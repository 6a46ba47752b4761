using MassTransit;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Client;

namespace Monarch.Workers.GitHub.Targets;

sealed class ResolveTargetConsumer(GitHubClient gitHub) : IConsumer<ResolveTarget>
{
    public async Task Consume(ConsumeContext<ResolveTarget> context)
    {
        var command = context.Message;
        var repository = await gitHub.GetRepositoryAsync(command.Target, context.CancellationToken);
        await context.Publish(new TargetResolved
        {
            BatchId = command.BatchId,
            TargetIndex = command.TargetIndex,
            RepositoryId = repository.Id,
            FullName = repository.FullName,
        });
    }
}
