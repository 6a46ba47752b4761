using MassTransit;

namespace Monarch.Tests.Redis;

/// <summary>A saga that sleeps and is woken.</summary>
public sealed class NapStateMachine : MassTransitStateMachine<NapState>
{
    public NapStateMachine()
    {
        InstanceState(x => x.CurrentState);
        Event(() => Napping, x => x.CorrelateById(m => m.Message.Id));
        Event(
            () => Woken,
            x =>
            {
                x.CorrelateById(m => m.Message.Id);
                x.OnMissingInstance(m => m.Discard());
            }
        );

        Initially(When(Napping).Then(Nap).TransitionTo(Asleep));
        During(
            Asleep,
            When(Napping).Then(Nap),
            When(Woken, x => x.Saga.WakeAt is { } at && x.Message.DueAt >= at)
                .Then(x => (x.Saga.Wakes, x.Saga.WakeAt) = (x.Saga.Wakes + 1, null))
        );
    }

    public State Asleep { get; } = null!;

    public Event<TakeNap> Napping { get; } = null!;

    public Event<EndNap> Woken { get; } = null!;

    static void Nap(BehaviorContext<NapState, TakeNap> context)
    {
        (context.Saga.WakeAt, context.Saga.Naps) = (context.Message.WakeAt, context.Saga.Naps + 1);
        if (context.Message.Fail)
        {
            throw new InvalidOperationException("No nap today");
        }
    }
}
