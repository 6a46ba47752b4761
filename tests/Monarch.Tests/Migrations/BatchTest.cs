using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Sagas;
using Monarch.Workers.Migrations.Batches;
using Monarch.Workers.Migrations.Repositories;
using Shouldly;

namespace Monarch.Tests.Migrations;

/// <summary>The saga of one migration.</summary>
public abstract class BatchTest : SagaTest
{
    protected const long SourceId = 11;

    protected Guid Batch { get; } = NewId.NextGuid();

    protected override void Configure(IServiceCollection services, IBusRegistrationConfigurator bus)
    {
        services.AddSingleton<MigrationBatchBehaviors>();
        bus.AddSagaStateMachine<MigrationBatchStateMachine, MigrationBatchState, MigrationBatchDefinition>()
            .InMemoryRepositoryWithWakeUps("batch");
    }

    protected MigrateIssues Request(params string[] targets) =>
        new()
        {
            BatchId = Batch,
            Source = "school/Template",
            Targets = targets,
            NotificationChannel = "C1",
            RequestedAt = Time.GetUtcNow(),
            IntakeId = "5-0",
        };

    protected SourceIssuesRead Read(int issues = 3) =>
        new()
        {
            BatchId = Batch,
            CommandId = Sent<ReadSourceIssues>()[^1].CommandId,
            RepositoryId = SourceId,
            FullName = "school/template",
            SnapshotId = "s1",
            ReadAt = Time.GetUtcNow(),
            IssueCount = issues,
        };

    protected TargetResolved Resolved(int index, long id) =>
        new()
        {
            BatchId = Batch,
            TargetIndex = index,
            RepositoryId = id,
            FullName = $"teams/n{id}",
        };

    protected TargetRefused TargetRefused(int index) =>
        new()
        {
            BatchId = Batch,
            TargetIndex = index,
            Failure = new()
            {
                Kind = FailureKind.RefusedTarget,
                Message = "Not Found",
                Remedy = "check the name",
            },
        };

    protected TargetDeferred TargetDeferred(int index) =>
        new()
        {
            BatchId = Batch,
            TargetIndex = index,
            Failure = new() { Kind = FailureKind.Transient, Message = "502" },
        };

    protected RepositoryMigrationCompleted Completed(
        long id,
        RepositoryStatus status = RepositoryStatus.Completed,
        int rejected = 0,
        Guid? run = null
    ) =>
        new()
        {
            BatchId = Batch,
            RunId = run ?? Batch,
            RepositoryMigrationId = RepositoryMigrationId.For(SourceId, id),
            TargetRepositoryId = id,
            TargetFullName = $"teams/n{id}",
            Status = status,
            Total = 3,
            Created = 3 - rejected,
            AlreadyThere = 0,
            Rejected = rejected,
            Failure = status == RepositoryStatus.Failed ? new() { Kind = FailureKind.RefusedTarget, Message = "archived" } : null,
        };

    protected CancelMigration Cancel() =>
        new()
        {
            BatchId = Batch,
            Reason = "wrong class",
            RequestedAt = Time.GetUtcNow(),
        };

    protected PauseMigration Pause() =>
        new()
        {
            BatchId = Batch,
            Reason = "lunch",
            RequestedAt = Time.GetUtcNow(),
        };

    protected ResumeMigration Resume() => new() { BatchId = Batch, RequestedAt = Time.GetUtcNow() };

    protected RetryRejectedIssues Retry() =>
        new()
        {
            BatchId = Batch,
            Reason = "the label is there now",
            RequestedAt = Time.GetUtcNow(),
        };

    protected async Task<WakeBatch> WakeAsync() => new() { BatchId = Batch, DueAt = (await BatchAsync()).WakeAt!.Value };

    private protected async Task<MigrationBatchState> BatchAsync() => (await FindAsync<MigrationBatchState>(Batch)).ShouldNotBeNull();
}
