using MassTransit;
using Monarch.Contracts.GitHub;

namespace Monarch.Workers.GitHub.Copying;

sealed class CreateIssuesConsumer(IssueCopier copier, SourceRereader rereader) : IConsumer<CreateIssues>
{
    public async Task Consume(ConsumeContext<CreateIssues> context)
    {
        var command = context.Message;
        switch (await copier.CopyAsync(command, context.CancellationToken))
        {
            case null:
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
}
