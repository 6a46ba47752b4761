using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying;

sealed class CreateIssuesConsumer(IssueCopier copier, GitHubClients gitHubs, SourceReader reader, ILogger<CreateIssuesConsumer> logger) : IConsumer<CreateIssues>
{
    public async Task Consume(ConsumeContext<CreateIssues> context) => await context.Publish(
        await copier.CopyAsync(context.Message, context.CancellationToken) ?? await ReadAgainAsync(context.Message, context.CancellationToken));

    async Task<object> ReadAgainAsync(CreateIssues command, CancellationToken cancellationToken)
    {
        logger.SnapshotLost(command.SnapshotId, command.SourceFullName);
        try
        {
            var (gitHub, source) = await gitHubs.FindAsync(command.SourceRepositoryId, command.SourceFullName, cancellationToken);
            var (snapshot, notYet) = await reader.ReadAsync(gitHub, source, cancellationToken);
            return notYet is not null ? new RepositoryMigrationDeferred
            {
                RepositoryMigrationId = command.RepositoryMigrationId,
                CommandId = command.CommandId,
                Failure = notYet,
            }
            : new SnapshotReplaced
            {
                RepositoryMigrationId = command.RepositoryMigrationId,
                CommandId = command.CommandId,
                SnapshotId = snapshot.Id,
                ReadAt = snapshot.ReadAt,
                IssueCount = snapshot.IssueCount,
            };
        }
        catch (GitHubException e) when (e.Failure.Kind == FailureKind.RefusedTarget)
        {
            // The answer is the target's, but the target is not to blame.
            var message = $"The source {command.SourceFullName} had to be read again and cannot be: {e.Failure.Message}";
            throw new GitHubException(e.Failure with { Message = message }, mayHaveHappened: false, e);
        }
    }
}
