using MassTransit;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>
/// Migrates a snapshot of the source to one target: prepare the target, create the missing issues slice by slice, then
/// finish the copies slice by slice.
/// </summary>
sealed class RepositoryMigrationStateMachine : MassTransitStateMachine<RepositoryMigrationState>
{
    public RepositoryMigrationStateMachine(RepositoryMigrationBehaviors saga)
    {
        InstanceState(x => x.CurrentState);

        // A repository migration that was lost with its Redis is requested again by its migration.
        Event(() => Requested, x => x.CorrelateById(m => m.Message.RepositoryMigrationId));
        Event(() => Prepared, x => x.CorrelateOrDiscard(m => m.Message.RepositoryMigrationId));
        Event(() => Created, x => x.CorrelateOrDiscard(m => m.Message.RepositoryMigrationId));
        Event(() => Finished, x => x.CorrelateOrDiscard(m => m.Message.RepositoryMigrationId));
        Event(() => SnapshotReplaced, x => x.CorrelateOrDiscard(m => m.Message.RepositoryMigrationId));
        Event(() => Unread, x => x.CorrelateOrDiscard(m => m.Message.RepositoryMigrationId));
        Event(() => Deferred, x => x.CorrelateOrDiscard(m => m.Message.RepositoryMigrationId));
        Event(() => Refused, x => x.CorrelateOrDiscard(m => m.Message.RepositoryMigrationId));
        Event(() => Woken, x => x.CorrelateOrDiscard(m => m.Message.RepositoryMigrationId));

        Initially(
            When(Requested, c => c.Message.Directive != Directive.Cancel).ThenAsync(saga.Start).TransitionTo(Preparing),
            When(Requested, c => c.Message.Directive == Directive.Cancel).ThenAsync(saga.Decline).TransitionTo(Ended)
        );

        During(
            Preparing,
            Copying,
            Finishing,
            Repeated(Requested),
            When(Requested, c => c.Saga.Cancelled.Contains(c.Message.RunId)).ThenAsync(saga.AnswerCancelled),
            MayEnd(When(Requested, c => !c.Saga.Cancelled.Contains(c.Message.RunId)).ThenAsync(saga.Join)),
            MayEnd(When(Deferred, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.Wait)),
            MayEnd(When(Refused, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.Fail)),
            Repeated(Woken),
            MayEnd(When(Woken, c => c.Saga.IsWokenBy(c.Message)).ThenAsync(saga.WakeUp))
        );

        During(
            Preparing,
            MayEnd(When(Prepared, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.BeginCopying).TransitionTo(Copying)),
            Repeated(Created),
            Repeated(Finished),
            Repeated(SnapshotReplaced),
            Repeated(Unread)
        );

        During(
            Copying,
            Repeated(Prepared),
            Repeated(Created),
            Repeated(Finished),
            Repeated(SnapshotReplaced),
            MayEnd(FollowsStatus(When(Created, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.Advance)))
        );

        During(
            Finishing,
            Repeated(Prepared),
            Repeated(Created),
            Repeated(Finished),
            Repeated(SnapshotReplaced),
            MayEnd(FollowsStatus(When(Finished, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.Finish)))
        );

        During(
            Copying,
            Finishing,
            MayEnd(When(SnapshotReplaced, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.StartOver).TransitionTo(Copying)),
            MayEnd(When(Unread, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.PrepareAgain).TransitionTo(Preparing))
        );

        During(
            Ended,
            When(Requested, c => c.Saga.IsAnswered(c.Message.RunId)).ThenAsync(saga.RepublishAnswer),
            When(Requested, c => c.Saga.Declines(c.Message)).ThenAsync(saga.Decline),
            When(Requested, c => !c.Saga.IsAnswered(c.Message.RunId) && !c.Saga.Declines(c.Message))
                .ThenAsync(saga.Start)
                .TransitionTo(Preparing),
            Repeated(Created),
            Repeated(Finished),
            Repeated(Deferred),
            Repeated(Refused),
            Repeated(Prepared),
            Repeated(SnapshotReplaced),
            Repeated(Unread),
            Repeated(Woken)
        );

        EventActivityBinder<RepositoryMigrationState, T> Repeated<T>(Event<T> @event)
            where T : class => When(@event, c => c.Saga.WasCausedBy(c.MessageId)).ThenAsync(saga.Repeat);

        EventActivityBinder<RepositoryMigrationState, T> FollowsStatus<T>(EventActivityBinder<RepositoryMigrationState, T> binder)
            where T : class =>
            binder
                .If(c => c.Saga.Status == RepositoryStatus.Preparing, x => x.TransitionTo(Preparing))
                .If(c => c.Saga.Status == RepositoryStatus.Copying, x => x.TransitionTo(Copying))
                .If(c => c.Saga.Status == RepositoryStatus.Finishing, x => x.TransitionTo(Finishing));

        EventActivityBinder<RepositoryMigrationState, T> MayEnd<T>(EventActivityBinder<RepositoryMigrationState, T> binder)
            where T : class => binder.If(c => c.Saga.EndedAt is not null, ended => ended.TransitionTo(Ended));
    }

    // Assigned by MassTransit.
    public State Preparing { get; private set; } = null!;

    public State Copying { get; private set; } = null!;

    public State Finishing { get; private set; } = null!;

    public State Ended { get; private set; } = null!;

    public Event<MigrateRepository> Requested { get; private set; } = null!;

    public Event<TargetPrepared> Prepared { get; private set; } = null!;

    public Event<IssuesCreated> Created { get; private set; } = null!;

    public Event<IssuesFinished> Finished { get; private set; } = null!;

    public Event<SnapshotReplaced> SnapshotReplaced { get; private set; } = null!;

    public Event<TargetUnread> Unread { get; private set; } = null!;

    public Event<RepositoryMigrationDeferred> Deferred { get; private set; } = null!;

    public Event<RepositoryMigrationRefused> Refused { get; private set; } = null!;

    public Event<WakeRepositoryMigration> Woken { get; private set; } = null!;
}
