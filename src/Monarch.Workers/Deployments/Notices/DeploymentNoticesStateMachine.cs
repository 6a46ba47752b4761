using MassTransit;
using Monarch.Contracts.Deployments;
using Monarch.Contracts.Slack;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Deployments.Notices;

/// <summary>Posts the notices of one server to Slack, one after the other. Deployments never wait for them.</summary>
sealed class DeploymentNoticesStateMachine : MassTransitStateMachine<DeploymentNoticesState>
{
    public DeploymentNoticesStateMachine(DeploymentNoticesBehaviors saga)
    {
        InstanceState(x => x.CurrentState);

        Event(() => Progressed, x => x.CorrelateById(m => m.Message.ServerId));
        Event(() => Posted, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => Deferred, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => Refused, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => Woken, x => x.CorrelateOrDiscard(m => m.Message.ServerId));
        SetCompletedWhenFinalized();

        Initially(
            When(Progressed, _ => !saga.IsWanted).Finalize(),
            When(Progressed, _ => saga.IsWanted).ThenAsync(saga.Apply).TransitionTo(Open)
        );

        During(
            Open,
            Repeated(Progressed),
            When(Progressed).ThenAsync(saga.Apply),
            Repeated(Posted),
            When(Posted, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.RecordPosted),
            When(Deferred, c => c.Saga.Awaits(c.Message.CommandId)).Then(saga.Wait),
            Repeated(Refused),
            When(Refused, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.RecordRefusal),
            Repeated(Woken),
            When(Woken, c => c.Saga.IsWokenBy(c.Message)).ThenAsync(saga.WakeUp)
        );

        EventActivityBinder<DeploymentNoticesState, T> Repeated<T>(Event<T> @event)
            where T : class => When(@event, c => c.Saga.WasCausedBy(c.MessageId)).ThenAsync(saga.SendOutstanding);
    }

    // Assigned by MassTransit.
    public State Open { get; private set; } = null!;

    public Event<ServerProgressed> Progressed { get; private set; } = null!;

    public Event<SlackMessagePosted> Posted { get; private set; } = null!;

    public Event<SlackMessageDeferred> Deferred { get; private set; } = null!;

    public Event<SlackMessageRefused> Refused { get; private set; } = null!;

    public Event<WakeDeploymentNotices> Woken { get; private set; } = null!;
}
