using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Sources;

namespace Monarch.Workers.GitHub.Issues;

sealed class CreateIssuesConsumer(IssueCopier copier, SourceReader reader, ILogger<CreateIssuesConsumer> logger) : IConsumer<CreateIssues>
{
    public async Task Consume(ConsumeContext<CreateIssues> context)
    {
        var command = context.Message;
        if (await copier.CopyAsync(command, context.CancellationToken) is { } answer)
        {
            await context.Publish(answer);
            return;
        }

        logger.SnapshotLost(command.SnapshotId, command.SourceFullName);
        var snapshot = await reader.ReadAsync(command.SourceRepositoryId, command.SourceFullName, context.CancellationToken);
        await context.Publish(new SnapshotReplaced
        {
            PairId = command.PairId,
            CommandId = command.CommandId,
            SnapshotId = snapshot.Id,
            ReadAt = snapshot.ReadAt,
            IssueCount = snapshot.IssueCount,
        });
    }
}
