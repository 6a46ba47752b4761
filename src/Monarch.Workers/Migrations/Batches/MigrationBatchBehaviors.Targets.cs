using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Repositories;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.Batches;

/// <summary>
/// The course of each target: its name is resolved, its repository migration completes, and the last outcome ends the migration.
/// </summary>
sealed partial class MigrationBatchBehaviors
{
    public async Task MigrateTarget(BehaviorContext<MigrationBatchState, TargetResolved> context)
    {
        var (saga, resolved) = (context.Saga, context.Message);
        var target = saga.Targets[resolved.TargetIndex];
        if (target.IsEnded())
        {
            return;
        }

        if (target.RepositoryId is null)
        {
            (target.RepositoryId, target.FullName) = (resolved.RepositoryId, resolved.FullName);
            target.RetryAt = null;
            BackoffPolicy.RecordSuccess(target);
            target.Status = RepositoryStatus.Preparing;
            if (resolved.RepositoryId == saga.SourceRepositoryId)
            {
                await EndTarget(context, target, RepositoryStatus.Failed, TargetRules.IsSource(resolved.FullName));
                return;
            }

            if (
                saga.Targets.Exists(other =>
                    other != target && other.RepositoryId == resolved.RepositoryId && other.Status != RepositoryStatus.SameAsAnother
                )
            )
            {
                await EndTarget(context, target, RepositoryStatus.SameAsAnother, null);
                return;
            }

            SetWakeUp(saga);
        }

        await Migrate(context, target);
        await Report(context, [target]);
    }

    public Task RefuseTarget(BehaviorContext<MigrationBatchState, TargetRefused> context) =>
        EndTarget(context, context.Saga.Targets[context.Message.TargetIndex], RepositoryStatus.Failed, context.Message.Failure);

    public Task DeferTarget(BehaviorContext<MigrationBatchState, TargetDeferred> context)
    {
        var target = context.Saga.Targets[context.Message.TargetIndex];
        if (backoff.RecordFailure(target, backoff.InLocalTime(context, context.Message.Failure)) is not { } next)
        {
            return EndTarget(context, target, RepositoryStatus.Failed, target.Failure);
        }

        target.RetryAt = next;
        SetWakeUp(context.Saga);
        return Report(context, [target]);
    }

    public Task FailRepositoryByBug(BehaviorContext<MigrationBatchState, Fault<MigrateRepository>> context) =>
        context.Saga.Targets.Find(t => t.RepositoryId == context.Message.Message.TargetRepositoryId && !t.IsEnded()) is { } target
            ? EndTarget(context, target, RepositoryStatus.Failed, Bug.From(context.Message))
            : Task.CompletedTask;

    public Task RecordOutcome(BehaviorContext<MigrationBatchState, RepositoryMigrationCompleted> context)
    {
        var outcome = context.Message;
        if (context.Saga.Targets.Find(t => t.RepositoryId == outcome.TargetRepositoryId && !t.IsEnded()) is not { } target)
        {
            return Task.CompletedTask;
        }

        (target.FullName, target.PassId) = (outcome.TargetFullName, outcome.PassId);
        (target.Total, target.Created, target.AlreadyThere, target.Rejected) = (
            outcome.Total,
            outcome.Created,
            outcome.AlreadyThere,
            outcome.Rejected
        );
        return EndTarget(context, target, outcome.Status, outcome.Failure);
    }

    Task EndTarget<T>(BehaviorContext<MigrationBatchState, T> context, BatchTarget target, RepositoryStatus status, Failure? failure)
        where T : class
    {
        var saga = context.Saga;
        (target.Status, target.Failure, target.RetryAt) = (status, failure, null);
        (saga.StallCheckAt, saga.StallChecks) = (backoff.StallCheck(0), 0);
        if (!saga.Targets.TrueForAll(t => t.IsEnded()))
        {
            SetWakeUp(saga);
            return Report(context, [target]);
        }

        return End(context);
    }
}
