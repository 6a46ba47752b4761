using MassTransit;
using Monarch.Contracts.DryRuns;
using Monarch.Contracts.GitHub;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.DryRuns;

/// <summary>One dry run: read the source, check every target at once, and end when each has a result or an hour has passed.</summary>
sealed class DryRunStateMachine : MassTransitStateMachine<DryRunState>
{
    public DryRunStateMachine(DryRunBehaviors saga)
    {
        InstanceState(x => x.CurrentState);

        Event(() => Requested, x => x.CorrelateById(m => m.Message.DryRunId));
        Event(() => SourceRead, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => SourceRefused, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => SourceDeferred, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => Planned, x => x.CorrelateOrDiscard(m => m.Message.DryRunId));
        Event(() => Refused, x => x.CorrelateOrDiscard(m => m.Message.DryRunId));
        Event(() => Deferred, x => x.CorrelateOrDiscard(m => m.Message.DryRunId));
        Event(() => Woken, x => x.CorrelateOrDiscard(m => m.Message.DryRunId));

        Initially(When(Requested).ThenAsync(saga.Start).TransitionTo(ReadingSource));

        During(
            ReadingSource,
            When(Requested, c => c.Saga.WasCausedBy(c.MessageId)).ThenAsync(saga.SendRead),
            MayEnd(When(SourceRead, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.CheckTargets).TransitionTo(Checking)),
            MayEnd(When(SourceRefused, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.Fail)),
            MayEnd(When(SourceDeferred, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.Wait)),
            When(Woken, c => c.Saga.WasCausedBy(c.MessageId)).ThenAsync(saga.SendRead),
            MayEnd(When(Woken, c => c.Saga.IsWokenBy(c.Message)).ThenAsync(saga.RereadSource)),
            Ignore(Planned),
            Ignore(Refused),
            Ignore(Deferred)
        );

        During(
            Checking,
            When(SourceRead, c => c.Saga.ReadBy == c.MessageId).ThenAsync(saga.SendAllPending),
            MayEnd(When(Planned).ThenAsync(saga.RecordPlan)),
            MayEnd(When(Refused).ThenAsync(saga.RefuseTarget)),
            MayEnd(When(Deferred).ThenAsync(saga.DeferTarget)),
            MayEnd(When(Woken, c => c.Saga.IsWokenBy(c.Message)).ThenAsync(saga.ResendPending)),
            Ignore(Requested),
            Ignore(SourceRefused),
            Ignore(SourceDeferred)
        );

        During(
            Ended,
            When(Planned).ThenAsync(saga.RepeatPlan),
            When(Woken, c => c.Saga.IsWokenBy(c.Message)).ThenAsync(saga.RepublishCompletion),
            Ignore(Requested),
            Ignore(SourceRead),
            Ignore(SourceRefused),
            Ignore(SourceDeferred),
            Ignore(Refused),
            Ignore(Deferred)
        );

        EventActivityBinder<DryRunState, T> MayEnd<T>(EventActivityBinder<DryRunState, T> binder)
            where T : class => binder.If(c => c.Saga.EndedAt is not null, ended => ended.TransitionTo(Ended));
    }

    // Assigned by MassTransit.
    public State ReadingSource { get; private set; } = null!;

    public State Checking { get; private set; } = null!;

    public State Ended { get; private set; } = null!;

    public Event<StartDryRun> Requested { get; private set; } = null!;

    public Event<SourceIssuesRead> SourceRead { get; private set; } = null!;

    public Event<SourceRefused> SourceRefused { get; private set; } = null!;

    public Event<SourceDeferred> SourceDeferred { get; private set; } = null!;

    public Event<TargetPlanned> Planned { get; private set; } = null!;

    public Event<TargetPlanRefused> Refused { get; private set; } = null!;

    public Event<TargetPlanDeferred> Deferred { get; private set; } = null!;

    public Event<WakeDryRun> Woken { get; private set; } = null!;
}
