using MassTransit;
using Monarch.Contracts.Deployments;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Deployments.Servers;

/// <summary>
/// One server: collects the issues that are moved to it, deploys them once they have settled, and keeps those that were not deployed.
/// </summary>
sealed class ServerDeploymentStateMachine : MassTransitStateMachine<ServerDeploymentState>
{
    public ServerDeploymentStateMachine(ServerDeploymentBehaviors saga)
    {
        InstanceState(x => x.CurrentState);

        Event(() => Queued, x => x.CorrelateById(m => m.Message.ServerId));
        Event(() => Moved, x => x.CorrelateById(m => ServerDeploymentBehaviors.ServerOf(m.Message)));
        Event(() => Steered, x => x.CorrelateById(m => m.Message.ServerId));
        Event(() => Started, x => x.CorrelateOrDiscard(m => m.Message.ServerId));
        Event(() => Deferred, x => x.CorrelateOrDiscard(m => m.Message.ServerId));
        Event(() => DeploymentEnded, x => x.CorrelateOrDiscard(m => m.Message.ServerId));
        Event(() => Woken, x => x.CorrelateOrDiscard(m => m.Message.ServerId));

        Initially(
            Next(When(Queued).ThenAsync(saga.Queue)),
            Next(When(Moved).ThenAsync(saga.Queue)),
            Next(When(Steered).ThenAsync(saga.Steer))
        );

        During(
            Idle,
            Next(When(Queued).ThenAsync(saga.Queue)),
            Next(When(Moved).ThenAsync(saga.Queue)),
            Next(When(Steered).ThenAsync(saga.Steer)),
            Ignore(Started),
            Ignore(Deferred),
            Ignore(DeploymentEnded),
            Next(When(Woken, c => c.Saga.IsWokenBy(c.Message)).ThenAsync(saga.WakeUp))
        );

        During(
            Settling,
            Next(When(Queued).ThenAsync(saga.Queue)),
            Next(When(Moved).ThenAsync(saga.Queue)),
            Next(When(Steered).ThenAsync(saga.Steer)),
            Ignore(Started),
            Ignore(Deferred),
            Ignore(DeploymentEnded),
            Next(When(Woken, c => c.Saga.IsWokenBy(c.Message)).ThenAsync(saga.WakeUp))
        );

        During(
            Deploying,
            When(Queued).ThenAsync(saga.Queue),
            When(Moved).ThenAsync(saga.Queue),
            Next(When(Steered).ThenAsync(saga.Steer)),
            When(Started, c => c.Saga.Runs(c.Message.DeploymentId)).ThenAsync(saga.RecordStarted),
            When(Deferred, c => c.Saga.Runs(c.Message.DeploymentId)).ThenAsync(saga.RecordDeferred),
            Next(When(DeploymentEnded, c => c.Saga.Runs(c.Message.DeploymentId)).ThenAsync(saga.RecordEnded)),
            Next(When(Woken, c => c.Saga.IsWokenBy(c.Message)).ThenAsync(saga.CheckDeployment))
        );

        EventActivityBinder<ServerDeploymentState, T> Next<T>(EventActivityBinder<ServerDeploymentState, T> binder)
            where T : class =>
            binder.IfElse(
                c => c.Saga.IsDeploying,
                deploying => deploying.TransitionTo(Deploying),
                other =>
                    other.IfElse(c => c.Saga.EndedAt is null, settling => settling.TransitionTo(Settling), idle => idle.TransitionTo(Idle))
            );
    }

    // Assigned by MassTransit.
    public State Idle { get; private set; } = null!;

    public State Settling { get; private set; } = null!;

    public State Deploying { get; private set; } = null!;

    public Event<QueueIssues> Queued { get; private set; } = null!;

    public Event<IssueMoved> Moved { get; private set; } = null!;

    public Event<SteerServer> Steered { get; private set; } = null!;

    public Event<DeploymentStarted> Started { get; private set; } = null!;

    public Event<DeploymentDeferred> Deferred { get; private set; } = null!;

    public Event<DeploymentEnded> DeploymentEnded { get; private set; } = null!;

    public Event<WakeServer> Woken { get; private set; } = null!;
}
