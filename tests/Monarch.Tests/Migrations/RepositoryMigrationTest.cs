using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Sagas;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.Migrations.Repositories;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

/// <summary>The saga of one repository migration.</summary>
public abstract class RepositoryMigrationTest : SagaTest
{
    protected const long SourceId = 11;
    protected const long TargetId = 22;

    protected Guid SagaId { get; } = RepositoryMigrationId.For(SourceId, TargetId);

    private protected InMemoryLedger Ledger { get; private set; } = null!;

    protected Guid Batch { get; } = NewId.NextGuid();

    protected override void Configure(IServiceCollection services, IBusRegistrationConfigurator bus)
    {
        services
            .AddSingleton<RepositoryMigrationBehaviors>()
            .AddSingleton<ILedger>(x => Ledger = ActivatorUtilities.CreateInstance<InMemoryLedger>(x))
            .AddOptions<LedgerOptions>();
        bus.AddSagaStateMachine<RepositoryMigrationStateMachine, RepositoryMigrationState, RepositoryMigrationDefinition>()
            .InMemoryRepositoryWithWakeUps("pair");
    }

    protected MigrateRepository Request(
        Guid? batch = null,
        string snapshot = "s1",
        int issues = 3,
        double readAfterMinutes = 0,
        Guid? run = null,
        Directive directive = Directive.Run,
        int version = 1,
        bool recreate = false,
        bool needsFinishing = false,
        CopyOptions? copy = null
    ) =>
        new()
        {
            RepositoryMigrationId = SagaId,
            BatchId = batch ?? Batch,
            RunId = run ?? batch ?? Batch,
            Directive = directive,
            BatchVersion = version,
            Recreate = recreate,
            SourceRepositoryId = SourceId,
            SourceFullName = "school/template",
            TargetRepositoryId = TargetId,
            TargetFullName = "teams/one",
            SnapshotId = snapshot,
            SnapshotReadAt = new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero).AddMinutes(readAfterMinutes),
            IssueCount = issues,
            NeedsFinishing = needsFinishing,
            Copy = copy,
        };

    protected TargetPrepared Prepared() =>
        new()
        {
            RepositoryMigrationId = SagaId,
            CommandId = Sent<PrepareTarget>()[^1].CommandId,
            TargetFullName = "teams/one",
        };

    protected IssuesCreated Created(
        int next,
        int created = 0,
        int alreadyThere = 0,
        Failure? endedBy = null,
        params RejectedIssue[] rejected
    ) =>
        new()
        {
            RepositoryMigrationId = SagaId,
            CommandId = Sent<CreateIssues>()[^1].CommandId,
            Next = next,
            Created = created,
            AlreadyThere = alreadyThere,
            Rejected = rejected,
            EndedBy = endedBy,
        };

    protected IssuesFinished Finished(int next, Failure? endedBy = null) =>
        new()
        {
            RepositoryMigrationId = SagaId,
            CommandId = Sent<FinishIssues>()[^1].CommandId,
            Next = next,
            EndedBy = endedBy,
        };

    protected RepositoryMigrationDeferred Deferred(Failure? failure = null) =>
        new()
        {
            RepositoryMigrationId = SagaId,
            CommandId = Outstanding(),
            Failure = failure ?? Transient(),
        };

    protected RepositoryMigrationRefused Refused() =>
        new()
        {
            RepositoryMigrationId = SagaId,
            CommandId = Outstanding(),
            Failure = new()
            {
                Kind = FailureKind.RefusedTarget,
                Message = "archived",
                Remedy = "unarchive it",
            },
        };

    protected TargetUnread Unread() => new() { RepositoryMigrationId = SagaId, CommandId = Sent<CreateIssues>()[^1].CommandId };

    protected async Task<WakeRepositoryMigration> WakeAsync() =>
        new() { RepositoryMigrationId = SagaId, DueAt = (await SagaAsync()).WakeAt!.Value };

    protected static Failure Transient(DateTimeOffset? retryAt = null) =>
        new()
        {
            Kind = FailureKind.Transient,
            Message = "502",
            RetryAt = retryAt,
        };

    protected static RejectedIssue Rejection(int number) =>
        new()
        {
            Number = number,
            Title = $"Issue {number}",
            Failure = new() { Kind = FailureKind.RejectedIssue, Message = "Validation failed" },
        };

    private protected async Task<RepositoryMigrationState> SagaAsync() =>
        (await FindAsync<RepositoryMigrationState>(SagaId)).ShouldNotBeNull();

    /// <summary>Records a rejection, as a worker does in the current pass.</summary>
    private protected Task RejectAsync(RejectedIssue issue) =>
        Ledger.SetRejectedAsync(Pass(), issue, TestContext.Current.CancellationToken);

    private protected LedgerKey Pass() => new(SourceId, TargetId, Sent<CreateIssues>()[^1].PassId);

    protected async Task PrepareAsync(int issues = 3)
    {
        await HandleAsync(Request(issues: issues));
        await HandleAsync(Prepared());
    }

    Guid Outstanding() =>
        (Sent<CreateIssues>() is [.., var create] ? create.CommandId : (Guid?)null) ?? Sent<PrepareTarget>()[^1].CommandId;
}
