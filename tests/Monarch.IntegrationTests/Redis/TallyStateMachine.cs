using MassTransit;

namespace Monarch.IntegrationTests.Redis;

public sealed class TallyStateMachine : MassTransitStateMachine<TallyState>
{
    public TallyStateMachine()
    {
        InstanceState(x => x.CurrentState);
        Event(() => Counted, x => x.CorrelateById(m => m.Message.TallyId));
        Event(() => Ended, x => x.CorrelateById(m => m.Message.TallyId));
        Event(() => Removed, x => x.CorrelateById(m => m.Message.TallyId));
        Event(() => Sleeping, x => x.CorrelateById(m => m.Message.TallyId));
        Event(
            () => Woken,
            x =>
            {
                x.CorrelateById(m => m.Message.TallyId);
                x.OnMissingInstance(m => m.Discard());
            }
        );

        Initially(
            When(Counted).Then(x => x.Saga.Count++).TransitionTo(Running),
            When(Sleeping).Then(x => x.Saga.WakeAt = x.Message.WakeAt).TransitionTo(Running)
        );
        During(
            Running,
            When(Counted).Then(x => (x.Saga.Count, x.Saga.EndedAt) = (x.Saga.Count + 1, null)),
            When(Sleeping).Then(x => x.Saga.WakeAt = x.Message.WakeAt),
            When(Ended).Then(x => x.Saga.EndedAt = TimeProvider.System.GetUtcNow()),
            When(Removed).Finalize(),
            When(Woken, x => x.Message.IsRestart).Then(x => x.Saga.Restarts = (x.Saga.Restarts ?? 0) + 1),
            When(Woken, x => x.Saga.WakeAt is { } at && x.Message.DueAt >= at)
                .Then(x => (x.Saga.WakeAt, x.Saga.WokenAt) = (null, TimeProvider.System.GetUtcNow()))
        );
        SetCompletedWhenFinalized();
    }

    public State Running { get; } = null!;

    public Event<CountOne> Counted { get; } = null!;

    public Event<EndTally> Ended { get; } = null!;

    public Event<RemoveTally> Removed { get; } = null!;

    public Event<SleepUntil> Sleeping { get; } = null!;

    public Event<WakeTally> Woken { get; } = null!;
}
