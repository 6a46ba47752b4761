using MassTransit;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.Batches;

/// <summary>One migration: read the source, resolve every target, migrate each, and end when each has an outcome.</summary>
sealed class MigrationBatchStateMachine : MassTransitStateMachine<MigrationBatchState>
{
    public MigrationBatchStateMachine(MigrationBatchBehaviors saga)
    {
        InstanceState(x => x.CurrentState);

        // A migration that was lost with its Redis is requested again by the intake.
        Event(() => Requested, x => x.CorrelateById(m => m.Message.BatchId));
        Event(() => SourceRead, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => SourceRefused, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => SourceDeferred, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => TargetResolved, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => TargetRefused, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => TargetDeferred, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => RepositoryCompleted, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => RepositoryFaulted, x => x.CorrelateOrDiscard(m => m.Message.Message.BatchId));
        Event(() => CancelRequested, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => PauseRequested, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => ResumeRequested, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => RetryRequested, x => x.CorrelateOrDiscard(m => m.Message.BatchId));
        Event(() => Woken, x => x.CorrelateOrDiscard(m => m.Message.BatchId));

        Initially(When(Requested).ThenAsync(saga.Accept).TransitionTo(ReadingSource));

        During(
            ReadingSource,
            When(Requested).ThenAsync(saga.RepublishAcceptance),
            MayEnd(When(SourceRead, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.ResolveTargets).TransitionTo(Migrating)),
            MayEnd(When(SourceRefused, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.Fail)),
            MayEnd(When(SourceDeferred, c => c.Saga.Awaits(c.Message.CommandId)).ThenAsync(saga.Wait)),
            When(Woken, c => c.Saga.WasCausedBy(c.MessageId)).ThenAsync(saga.SendRead),
            MayEnd(When(Woken, c => c.Saga.IsWokenBy(c.Message)).ThenAsync(saga.RereadSource)),
            MayEnd(When(CancelRequested).ThenAsync(saga.Cancel)),
            When(PauseRequested).ThenAsync(saga.Pause),
            When(ResumeRequested).ThenAsync(saga.ResumeReading),
            When(RetryRequested, c => c.Saga.WasCausedBy(c.MessageId)).ThenAsync(saga.SendRead),
            Ignore(TargetResolved),
            Ignore(TargetRefused),
            Ignore(TargetDeferred),
            Ignore(RepositoryCompleted),
            Ignore(RepositoryFaulted)
        );

        During(
            Migrating,
            When(Requested).ThenAsync(saga.RepublishAcceptance),
            When(SourceRead, c => c.Saga.ReadBy == c.MessageId).ThenAsync(saga.SendAllPending),
            MayEnd(When(TargetResolved).ThenAsync(saga.MigrateTarget)),
            MayEnd(When(TargetRefused, c => c.Saga.IsResolving(c.Message.TargetIndex)).ThenAsync(saga.RefuseTarget)),
            MayEnd(When(TargetDeferred, c => c.Saga.IsResolving(c.Message.TargetIndex)).ThenAsync(saga.DeferTarget)),
            MayEnd(When(RepositoryCompleted, c => c.Message.RunId == c.Saga.RunId).ThenAsync(saga.RecordOutcome)),
            MayEnd(When(RepositoryFaulted, c => c.Message.Message.RunId == c.Saga.RunId).ThenAsync(saga.FailRepositoryByBug)),
            MayEnd(When(Woken, c => c.Saga.IsWokenBy(c.Message)).ThenAsync(saga.ResendPending)),
            MayEnd(When(CancelRequested).ThenAsync(saga.Cancel)),
            When(PauseRequested).ThenAsync(saga.Pause),
            When(ResumeRequested).ThenAsync(saga.Resume),
            Ignore(RetryRequested),
            Ignore(SourceRefused),
            Ignore(SourceDeferred)
        );

        During(
            Ended,
            When(Requested).ThenAsync(saga.RepublishAcceptance),
            When(Woken, c => c.Saga.IsWokenBy(c.Message)).ThenAsync(saga.RepublishCompletion),
            When(RetryRequested, c => c.Saga.CanRetry(c.Message)).ThenAsync(saga.Retry).TransitionTo(ReadingSource),
            Ignore(CancelRequested),
            Ignore(PauseRequested),
            Ignore(ResumeRequested),
            Ignore(SourceRead),
            Ignore(SourceRefused),
            Ignore(SourceDeferred),
            Ignore(TargetResolved),
            Ignore(TargetRefused),
            Ignore(TargetDeferred),
            Ignore(RepositoryCompleted),
            Ignore(RepositoryFaulted)
        );

        EventActivityBinder<MigrationBatchState, T> MayEnd<T>(EventActivityBinder<MigrationBatchState, T> binder)
            where T : class => binder.If(c => c.Saga.EndedAt is not null, ended => ended.TransitionTo(Ended));
    }

    // Assigned by MassTransit.
    public State ReadingSource { get; private set; } = null!;

    public State Migrating { get; private set; } = null!;

    public State Ended { get; private set; } = null!;

    public Event<MigrateIssues> Requested { get; private set; } = null!;

    public Event<SourceIssuesRead> SourceRead { get; private set; } = null!;

    public Event<SourceRefused> SourceRefused { get; private set; } = null!;

    public Event<SourceDeferred> SourceDeferred { get; private set; } = null!;

    public Event<TargetResolved> TargetResolved { get; private set; } = null!;

    public Event<TargetRefused> TargetRefused { get; private set; } = null!;

    public Event<TargetDeferred> TargetDeferred { get; private set; } = null!;

    public Event<RepositoryMigrationCompleted> RepositoryCompleted { get; private set; } = null!;

    public Event<Fault<MigrateRepository>> RepositoryFaulted { get; private set; } = null!;

    public Event<CancelMigration> CancelRequested { get; private set; } = null!;

    public Event<PauseMigration> PauseRequested { get; private set; } = null!;

    public Event<ResumeMigration> ResumeRequested { get; private set; } = null!;

    public Event<RetryRejectedIssues> RetryRequested { get; private set; } = null!;

    public Event<WakeBatch> Woken { get; private set; } = null!;
}
