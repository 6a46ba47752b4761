using MassTransit;
using Monarch.Contracts.Migrations;
using Monarch.Contracts.Slack;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>
/// Notifies Slack of one migration: a message that is kept up to date, then a summary. One call at a time; the migration never waits for
/// it.
/// </summary>
sealed class SlackNotificationStateMachine : MassTransitStateMachine<SlackNotificationState>
{
    public SlackNotificationStateMachine(SlackNotificationBehaviors saga)
    {
        InstanceState(x => x.CurrentState);

        Event(() => BatchProgressed, x => x.CorrelateById(m => m.Message.BatchId));
        Event(() => RepositoryProgressed, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => Posted, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => Deferred, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => Refused, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => Woken, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        SetCompletedWhenFinalized();

        Initially(
            When(BatchProgressed, c => !saga.IsWanted(c.Message)).Finalize(),
            When(BatchProgressed, c => saga.IsWanted(c.Message)).ThenAsync(saga.Begin).TransitionTo(Open)
        );

        During(
            Open,
            Repeated(BatchProgressed),
            When(BatchProgressed, c => c.Saga.IsAnotherRun(c.Message)).Then(saga.BeginAgain),
            When(BatchProgressed).ThenAsync(saga.ApplyBatch),
            Repeated(RepositoryProgressed),
            When(RepositoryProgressed).ThenAsync(saga.ApplyRepository),
            Repeated(Posted),
            MayEnd(When(Posted, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.RecordPosted)),
            MayEnd(When(Deferred, c => c.Saga.Awaits(c.Message.CommandId)).Then(saga.Wait)),
            Repeated(Refused),
            MayEnd(When(Refused, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.RecordRefusal)),
            Repeated(Woken),
            MayEnd(When(Woken, c => c.Saga.IsWokenBy(c.Message)).ThenAsync(saga.WakeUp))
        );

        During(
            Ended,
            When(BatchProgressed, c => c.Saga.IsAnotherRun(c.Message)).Then(saga.BeginAgain).ThenAsync(saga.ApplyBatch).TransitionTo(Open),
            Ignore(RepositoryProgressed),
            Ignore(Posted),
            Ignore(Deferred),
            Ignore(Refused),
            Ignore(Woken)
        );

        EventActivityBinder<SlackNotificationState, T> Repeated<T>(Event<T> @event)
            where T : class => When(@event, c => c.Saga.WasCausedBy(c.MessageId)).ThenAsync(saga.SendOutstanding);

        EventActivityBinder<SlackNotificationState, T> MayEnd<T>(EventActivityBinder<SlackNotificationState, T> binder)
            where T : class => binder.If(c => c.Saga.EndedAt is not null, ended => ended.TransitionTo(Ended));
    }

    // Assigned by MassTransit.
    public State Open { get; private set; } = null!;

    public State Ended { get; private set; } = null!;

    public Event<BatchProgressed> BatchProgressed { get; private set; } = null!;

    public Event<RepositoryProgressed> RepositoryProgressed { get; private set; } = null!;

    public Event<SlackMessagePosted> Posted { get; private set; } = null!;

    public Event<SlackMessageDeferred> Deferred { get; private set; } = null!;

    public Event<SlackMessageRefused> Refused { get; private set; } = null!;

    public Event<WakeSlackNotification> Woken { get; private set; } = null!;
}
