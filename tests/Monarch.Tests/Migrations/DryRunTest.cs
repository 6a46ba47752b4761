using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.DryRuns;
using Monarch.Contracts.GitHub;
using Monarch.Redis.Sagas;
using Monarch.Tests.Bridge;
using Monarch.Workers.Migrations.DryRuns;
using Shouldly;

namespace Monarch.Tests.Migrations;

/// <summary>The saga of one dry run.</summary>
public abstract class DryRunTest : SagaTest
{
    protected Guid Run { get; } = NewId.NextGuid();

    protected override void Configure(IServiceCollection services, IBusRegistrationConfigurator bus)
    {
        services.AddSingleton<DryRunBehaviors>();
        bus.AddSagaStateMachine<DryRunStateMachine, DryRunState, DryRunDefinition>().InMemoryRepositoryWithWakeUps("dry-run");
    }

    protected StartDryRun Request(params string[] targets) =>
        new()
        {
            DryRunId = Run,
            Source = "school/Template",
            Targets = targets,
            RequestedAt = Time.GetUtcNow(),
        };

    protected SourceIssuesRead Read() =>
        new()
        {
            BatchId = Run,
            CommandId = Sent<ReadSourceIssues>()[^1].CommandId,
            RepositoryId = 11,
            FullName = "school/template",
            SnapshotId = "s1",
            ReadAt = Time.GetUtcNow(),
            IssueCount = 3,
        };

    protected TargetPlanned Planned(int index, long id) =>
        new()
        {
            DryRunId = Run,
            TargetIndex = index,
            Plan = DryRunStory.Plan(id),
        };

    protected TargetPlanRefused Refused(int index, FailureKind kind = FailureKind.RefusedTarget) =>
        new()
        {
            DryRunId = Run,
            TargetIndex = index,
            Failure = new() { Kind = kind, Message = "archived" },
        };

    protected TargetPlanDeferred Deferred(int index, TimeSpan wait) =>
        new()
        {
            DryRunId = Run,
            TargetIndex = index,
            Failure = new()
            {
                Kind = FailureKind.Throttled,
                Message = "wait",
                RetryAt = Time.GetUtcNow() + wait,
            },
        };

    protected async Task WakeAsync()
    {
        var due = (await SagaAsync()).WakeAt!.Value;
        Time.SetUtcNow(due > Time.GetUtcNow() ? due : Time.GetUtcNow());
        await HandleAsync(new WakeDryRun { DryRunId = Run, DueAt = due });
    }

    private protected async Task<DryRunState> SagaAsync() => (await FindAsync<DryRunState>(Run)).ShouldNotBeNull();
}
