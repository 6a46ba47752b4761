using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Endpoints;

namespace Monarch.Workers.GitHub.Copying;

sealed class CreateIssuesConsumerDefinition : ConsumerDefinition<CreateIssuesConsumer>
{
    public CreateIssuesConsumerDefinition() => EndpointName = EndpointNames.CreateIssues;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<CreateIssuesConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        var ledger = context.GetRequiredService<ILedger>();
        endpointConfigurator.UseGitHubPolicies(consumerConfigurator, context, async (CreateIssues command, Failure failure, Exception exception) =>
            exception is IssueBugException bug
                ? await FailAsync(ledger, command, bug.Issue, failure)
                : failure.IsPermanent()
                    ? new RepositoryMigrationRefused { RepositoryMigrationId = command.RepositoryMigrationId, CommandId = command.CommandId, Failure = failure }
                    : new RepositoryMigrationDeferred { RepositoryMigrationId = command.RepositoryMigrationId, CommandId = command.CommandId, Failure = failure });
    }

    // It was the run's first issue: it is named, and the others go on.
    static async Task<object> FailAsync(ILedger ledger, CreateIssues command, SnapshotIssue issue, Failure failure)
    {
        var rejected = new RejectedIssue { Number = issue.Number, Title = issue.Title, Failure = failure };
        await ledger.SetRejectedAsync(new(command.SourceRepositoryId, command.TargetRepositoryId, command.PassId), rejected, CancellationToken.None);
        return new IssuesCreated
        {
            RepositoryMigrationId = command.RepositoryMigrationId,
            CommandId = command.CommandId,
            Next = command.From + 1,
            Created = 0,
            AlreadyThere = 0,
            Rejected = [rejected],
        };
    }
}
