using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Endpoints;
using Monarch.Workers.GitHub.Ledgers;
using Monarch.Workers.GitHub.Snapshots;

namespace Monarch.Workers.GitHub.Issues;

sealed class CreateIssuesConsumerDefinition : ConsumerDefinition<CreateIssuesConsumer>
{
    public CreateIssuesConsumerDefinition() => EndpointName = EndpointNames.CreateIssues;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<CreateIssuesConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        var (snapshots, ledger) = (context.GetRequiredService<ISnapshots>(), context.GetRequiredService<ILedger>());
        endpointConfigurator.UseGitHubPolicies(consumerConfigurator, context, async (CreateIssues command, Failure failure) => failure.Kind switch
        {
            FailureKind.Bug or FailureKind.RejectedIssue => await FailFirstIssueAsync(snapshots, ledger, command, failure),
            FailureKind.RefusedTarget => new RepositoryMigrationRefused { PairId = command.PairId, CommandId = command.CommandId, Failure = failure },
            _ => new RepositoryMigrationDeferred { PairId = command.PairId, CommandId = command.CommandId, Failure = failure },
        });
    }

    // A run that throws has thrown at its first issue: that one is named, and the others go on.
    static async Task<object> FailFirstIssueAsync(ISnapshots snapshots, ILedger ledger, CreateIssues command, Failure failure)
    {
        var issues = await snapshots.ReadAsync(command.SnapshotId, command.From, 1, CancellationToken.None);
        if (issues is not [var first])
        {
            return new RepositoryMigrationRefused { PairId = command.PairId, CommandId = command.CommandId, Failure = failure };
        }

        var rejected = new RejectedIssue { Number = first.Number, Title = first.Title, Failure = failure };
        await ledger.SetRejectedAsync(new(command.SourceRepositoryId, command.TargetRepositoryId), rejected, CancellationToken.None);
        return new IssuesCreated
        {
            PairId = command.PairId,
            CommandId = command.CommandId,
            Next = command.From + 1,
            Created = 0,
            AlreadyThere = 0,
            Rejected = [rejected],
        };
    }
}
