using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Endpoints;

namespace Monarch.Workers.GitHub.Copying;

sealed class CreateIssuesConsumerDefinition : ConsumerDefinition<CreateIssuesConsumer>
{
    public CreateIssuesConsumerDefinition() => EndpointName = EndpointNames.CreateIssues;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<CreateIssuesConsumer> consumerConfigurator,
        IRegistrationContext context
    )
    {
        var ledger = context.GetRequiredService<ILedger>();
        endpointConfigurator.UseGitHubPolicies(
            consumerConfigurator,
            context,
            (CreateIssues command, Failure failure) =>
                new RepositoryMigrationRefused
                {
                    RepositoryMigrationId = command.RepositoryMigrationId,
                    CommandId = command.CommandId,
                    Failure = failure,
                },
            (command, failure) =>
                new RepositoryMigrationDeferred
                {
                    RepositoryMigrationId = command.RepositoryMigrationId,
                    CommandId = command.CommandId,
                    Failure = failure,
                },
            (answer, command, failure, exception) =>
                exception is IssueBugException bug ? RejectAsync(ledger, answer, command, bug, failure) : null
        );
    }

    // A bug hit the slice's first issue: that issue is named as failed, and the others go on.
    static async Task RejectAsync(ILedger ledger, IPublishEndpoint answer, CreateIssues command, IssueBugException bug, Failure failure)
    {
        var rejected = new RejectedIssue
        {
            Number = bug.Issue.Number,
            Title = bug.Issue.Title,
            Failure = failure,
        };
        await ledger.SetRejectedAsync(
            new(command.SourceRepositoryId, command.TargetRepositoryId, command.PassId),
            rejected,
            CancellationToken.None
        );
        await answer.Publish(CreateIssuesConsumer.Answer(command, [new IssueOutcome.Rejected(rejected)]));
    }
}
