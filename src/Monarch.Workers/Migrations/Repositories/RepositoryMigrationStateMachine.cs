using MassTransit;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>Brings one target up to a snapshot of the source: prepare it, then create what is missing, run by run.</summary>
sealed class RepositoryMigrationStateMachine : MassTransitStateMachine<RepositoryMigrationState>
{
    public RepositoryMigrationStateMachine(RepositoryMigrationBehaviors saga)
    {
        InstanceState(x => x.CurrentState);

        // Only a request may begin a pair. Whatever else finds none is late: the pair has expired or was lost with its Redis,
        // and its batch asks for it again.
        Event(() => Requested, x => x.CorrelateById(m => m.Message.PairId));
        Event(() => Prepared, x => x.CorrelateById(m => m.Message.PairId).OnMissingInstance(m => m.Discard()));
        Event(() => Created, x => x.CorrelateById(m => m.Message.PairId).OnMissingInstance(m => m.Discard()));
        Event(() => SnapshotReplaced, x => x.CorrelateById(m => m.Message.PairId).OnMissingInstance(m => m.Discard()));
        Event(() => Deferred, x => x.CorrelateById(m => m.Message.PairId).OnMissingInstance(m => m.Discard()));
        Event(() => Refused, x => x.CorrelateById(m => m.Message.PairId).OnMissingInstance(m => m.Discard()));
        Event(() => Woken, x => x.CorrelateById(m => m.Message.PairId).OnMissingInstance(m => m.Discard()));

        Initially(
            When(Requested).ThenAsync(saga.Start).TransitionTo(Preparing));

        During(Preparing,
            Repeated(Requested),
            When(Requested).ThenAsync(saga.Join),
            When(Prepared, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.BeginCopying).TransitionTo(Copying),
            MayEnd(When(Deferred, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.Wait)),
            MayEnd(When(Refused, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.Fail)),
            Repeated(Woken),
            MayEnd(When(Woken, c => c.Saga.IsDue(c.Message.DueAt)).ThenAsync(saga.WakeUp)),
            Ignore(Created),
            Ignore(SnapshotReplaced));

        During(Copying,
            When(Requested).ThenAsync(saga.Join),
            Repeated(Prepared),
            Repeated(Created),
            MayEnd(When(Created, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.Advance)),
            Repeated(SnapshotReplaced),
            When(SnapshotReplaced, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.StartOver),
            MayEnd(When(Deferred, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.Wait)),
            MayEnd(When(Refused, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.Fail)),
            Repeated(Woken),
            MayEnd(When(Woken, c => c.Saga.IsDue(c.Message.DueAt)).ThenAsync(saga.WakeUp)));

        During(Ended,
            When(Requested, c => c.Saga.IsAnswered(c.Message.BatchId)).ThenAsync(saga.AnswerAgain),
            When(Requested, c => !c.Saga.IsAnswered(c.Message.BatchId)).ThenAsync(saga.Start).TransitionTo(Preparing),
            Repeated(Created),
            Repeated(Deferred),
            Repeated(Refused),
            Repeated(Woken),
            Ignore(Prepared),
            Ignore(SnapshotReplaced));

        EventActivityBinder<RepositoryMigrationState, T> Repeated<T>(Event<T> @event)
            where T : class => When(@event, c => c.Saga.WasMovedBy(c.MessageId)).ThenAsync(saga.Repeat);

        EventActivityBinder<RepositoryMigrationState, T> MayEnd<T>(EventActivityBinder<RepositoryMigrationState, T> binder)
            where T : class => binder.If(c => c.Saga.EndedAt is not null, ended => ended.TransitionTo(Ended));
    }

    // Assigned by MassTransit.
    public State Preparing { get; private set; } = null!;

    public State Copying { get; private set; } = null!;

    public State Ended { get; private set; } = null!;

    public Event<MigrateRepository> Requested { get; private set; } = null!;

    public Event<TargetPrepared> Prepared { get; private set; } = null!;

    public Event<IssuesCreated> Created { get; private set; } = null!;

    public Event<SnapshotReplaced> SnapshotReplaced { get; private set; } = null!;

    public Event<RepositoryMigrationDeferred> Deferred { get; private set; } = null!;

    public Event<RepositoryMigrationRefused> Refused { get; private set; } = null!;

    public Event<WakeRepositoryMigration> Woken { get; private set; } = null!;
}
