using MassTransit;
using Microsoft.Extensions.Options;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying;
using Monarch.Workers.GitHub.Copying.Snapshots;

namespace Monarch.Workers.GitHub.Repositories;

sealed class ReadSourceIssuesConsumer(GitHubClients gitHubs, SourceReader reader, IssueComposer composer, IOptions<OwnerOptions> owners)
    : IConsumer<ReadSourceIssues>
{
    public async Task Consume(ConsumeContext<ReadSourceIssues> context)
    {
        var command = context.Message;
        var (gitHub, repository) = await gitHubs.FindAsync(command.Source, context.CancellationToken);
        if (owners.Value.Refusal(command.Source, repository.FullName) is { } refusal)
        {
            await context.Publish(
                new SourceRefused
                {
                    BatchId = command.BatchId,
                    CommandId = command.CommandId,
                    Failure = refusal,
                }
            );
            return;
        }

        var (snapshot, notYet) = await reader.ReadAsync(gitHub, repository, composer.Selected(command.Copy), context.CancellationToken);
        if (notYet is not null)
        {
            await context.Publish(
                new SourceDeferred
                {
                    BatchId = command.BatchId,
                    CommandId = command.CommandId,
                    Failure = notYet,
                }
            );
            return;
        }

        await context.Publish(
            new SourceIssuesRead
            {
                BatchId = command.BatchId,
                CommandId = command.CommandId,
                RepositoryId = repository.Id,
                FullName = repository.FullName,
                SnapshotId = snapshot.Id,
                ReadAt = snapshot.ReadAt,
                IssueCount = snapshot.IssueCount,
                NeedsFinishing = composer.NeedsFinishing(snapshot),
            }
        );
    }
}
