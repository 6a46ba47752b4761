using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts.Deployments;
using Monarch.Hosting.Settings;
using Monarch.Redis.Sagas;
using Monarch.Tests.Migrations;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Deployments.Running;
using Monarch.Workers.Deployments.Servers;
using Monarch.Workers.Deployments.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

/// <summary>The saga of one server, test.abc.wwts.com, with real leases and a runner that is played by the test.</summary>
public abstract class ServerTest : SagaTest
{
    protected static Guid Server { get; } = ServerId.Of("ABC", IssueStatus.Test);

    private protected DeploymentOptions Deployments { get; } = new() { Run = true };

    private protected IDeploymentLeases Leases { get; private set; } = null!;

    protected ServerProgressed Shown => Sent<ServerProgressed>()[^1];

    protected IReadOnlyList<RunDeployment> Requested => Sent<RunDeployment>();

    protected override void Configure(IServiceCollection services, IBusRegistrationConfigurator bus)
    {
        services
            .AddMetrics()
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(Deployments))
            .AddSingleton(DeploymentServers.Read(new() { Projects = "ABC" }, []))
            .AddSingleton<IDeploymentLeases>(
                Leases = new InMemoryDeploymentLeases(Clock, Microsoft.Extensions.Options.Options.Create(Deployments))
            )
            .AddSingleton<DeploymentCommand>()
            .AddSingleton<DeploymentInstruments>()
            .AddSingleton<ServerDeploymentBehaviors>();
        bus.AddSagaStateMachine<ServerDeploymentStateMachine, ServerDeploymentState, ServerDeploymentDefinition>()
            .InMemoryRepositoryWithWakeUps("server");
    }

    /// <summary>Moves issues now.</summary>
    protected Task MoveAsync(params int[] numbers) => MoveAtAsync(Time.GetUtcNow(), numbers);

    protected Task MoveAtAsync(DateTimeOffset movedAt, params int[] numbers) =>
        HandleAsync(
            new QueueIssues
            {
                ServerId = Server,
                Project = "ABC",
                Status = IssueStatus.Test,
                Moves =
                [
                    .. numbers.Select(number => new ReportedMove
                    {
                        Number = number,
                        MovedAt = movedAt,
                        IntakeId = $"{number}-0",
                    }),
                ],
            }
        );

    /// <summary>Advances the clock to the saga's wake-up, and wakes it.</summary>
    protected async Task WakeAsync()
    {
        var at = (await SagaAsync()).WakeAt.ShouldNotBeNull();
        if (at > Time.GetUtcNow())
        {
            Time.SetUtcNow(at);
        }

        await HandleAsync(new WakeServer { ServerId = Server, DueAt = at });
    }

    /// <summary>Lets the runner start the latest command.</summary>
    protected async Task<RunDeployment> StartAsync()
    {
        var run = Requested[^1];
        (
            await Leases.TryAcquireAsync(run.ServerId, run.DeploymentId, run.Number, Guid.NewGuid(), TestContext.Current.CancellationToken)
        ).ShouldBe(LeaseRequest.Acquired);
        await HandleAsync(
            new DeploymentStarted
            {
                ServerId = run.ServerId,
                DeploymentId = run.DeploymentId,
                StartedAt = Time.GetUtcNow(),
                Issues = run.Issues,
            }
        );
        return run;
    }

    protected async Task EndAsync(DeploymentOutcome outcome, string? reason = null)
    {
        var ended = Ended(Requested[^1], outcome, reason);
        await Leases.EndAsync(ended, TestContext.Current.CancellationToken);
        await HandleAsync(ended);
        await RepeatAsync();
    }

    /// <summary>Lets the saga publish its state again, which changes nothing.</summary>
    protected async Task RepeatAsync()
    {
        if (await SagaAsync() is { IsDeploying: false, WakeAt: { } at } && at - Time.GetUtcNow() <= TimeSpan.FromSeconds(10))
        {
            await HandleAsync(new WakeServer { ServerId = Server, DueAt = at });
        }
    }

    protected DeploymentEnded Ended(RunDeployment run, DeploymentOutcome outcome, string? reason = null) =>
        new()
        {
            ServerId = run.ServerId,
            DeploymentId = run.DeploymentId,
            Issues = run.Issues,
            Outcome = outcome,
            StartedAt = Time.GetUtcNow(),
            EndedAt = Time.GetUtcNow(),
            Reason = reason,
            Output = ["the last line"],
        };

    /// <summary>Moves issues, lets them settle, and starts their deployment.</summary>
    protected async Task<RunDeployment> DeployAsync(params int[] numbers)
    {
        await MoveAsync(numbers);
        await WakeAsync();
        return await StartAsync();
    }

    protected Task SteerAsync(
        SteeringKind kind,
        Guid? deployment = null,
        int[]? issues = null,
        DateTimeOffset? until = null,
        Guid? command = null,
        TimeSpan? holdFor = null
    ) =>
        HandleAsync(
            new SteerServer
            {
                ServerId = Server,
                Project = "ABC",
                Status = IssueStatus.Test,
                CommandId = command ?? NewId.NextGuid(),
                Kind = kind,
                Actor = "ann",
                Reason = "because",
                RequestedAt = Time.GetUtcNow(),
                DeploymentId = deployment,
                Issues = issues,
                Until = until,
                HoldFor = holdFor,
            }
        );

    private protected async Task<ServerDeploymentState> SagaAsync() => (await FindAsync<ServerDeploymentState>(Server)).ShouldNotBeNull();

    protected string Queued() => string.Join(' ', Shown.Issues.Select(issue => issue.Number));

    protected static string Numbers(RunDeployment run) => string.Join(' ', run.Issues.Select(issue => issue.Number));
}
