using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying;

sealed class CreateIssuesConsumer(IssueCopier copier, GitHubClients gitHubs, SourceReader reader, ILogger<CreateIssuesConsumer> logger)
    : IConsumer<CreateIssues>
{
    public async Task Consume(ConsumeContext<CreateIssues> context)
    {
        var command = context.Message;
        switch (await copier.CopyAsync(command, context.CancellationToken))
        {
            case null:
                await ReadSourceAgainAsync(context, command);
                break;
            case [IssueOutcome.TargetUnread]:
                await context.Publish(
                    new TargetUnread { RepositoryMigrationId = command.RepositoryMigrationId, CommandId = command.CommandId }
                );
                break;
            case var outcomes:
                await context.Publish(Answer(command, outcomes));
                break;
        }
    }

    /// <summary>The answer to a slice. If the target is unread after finished issues, the next slice reports it.</summary>
    internal static IssuesCreated Answer(CreateIssues command, IReadOnlyList<IssueOutcome> outcomes) =>
        new()
        {
            RepositoryMigrationId = command.RepositoryMigrationId,
            CommandId = command.CommandId,
            Next = command.From + outcomes.Count(outcome => outcome.IsDone),
            Created = outcomes.Count(outcome => outcome is IssueOutcome.Created),
            AlreadyThere = outcomes.Count(outcome => outcome is IssueOutcome.AlreadyThere),
            Rejected = [.. outcomes.OfType<IssueOutcome.Rejected>().Select(rejected => rejected.Issue)],
            IsBusy = outcomes is [IssueOutcome.Busy],
            EndedBy = outcomes switch
            {
                [.., IssueOutcome.Deferred deferred] => deferred.Failure,
                [.., IssueOutcome.Busy busy] => busy.Failure,
                _ => null,
            },
        };

    async Task ReadSourceAgainAsync(ConsumeContext context, CreateIssues command)
    {
        logger.SnapshotLost(command.SnapshotId, command.SourceFullName);
        try
        {
            var (gitHub, source) = await gitHubs.FindAsync(command.SourceRepositoryId, command.SourceFullName, context.CancellationToken);
            var (snapshot, notYet) = await reader.ReadAsync(gitHub, source, context.CancellationToken);
            if (notYet is not null)
            {
                await context.Publish(
                    new RepositoryMigrationDeferred
                    {
                        RepositoryMigrationId = command.RepositoryMigrationId,
                        CommandId = command.CommandId,
                        Failure = notYet,
                    }
                );
                return;
            }

            await context.Publish(
                new SnapshotReplaced
                {
                    RepositoryMigrationId = command.RepositoryMigrationId,
                    CommandId = command.CommandId,
                    SnapshotId = snapshot.Id,
                    ReadAt = snapshot.ReadAt,
                    IssueCount = snapshot.IssueCount,
                }
            );
        }
        catch (GitHubException e) when (e.Failure.Kind == FailureKind.RefusedTarget)
        {
            // The failure is reported for the target although the source caused it, so the message names the source.
            var message = $"The source {command.SourceFullName} could not be read again: {e.Failure.Message}";
            throw new GitHubException(e.Failure with { Message = message }, mayHaveHappened: false, e);
        }
    }
}
