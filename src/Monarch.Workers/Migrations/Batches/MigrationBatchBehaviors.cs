using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.Batches;

/// <summary>The verbs of <see cref="MigrationBatchStateMachine"/>. Messages leave after the saga is saved.</summary>
sealed partial class MigrationBatchBehaviors(BackoffPolicy backoff)
{
    public async Task Accept(BehaviorContext<MigrationBatchState, MigrateIssues> context)
    {
        var (saga, request) = (context.Saga, context.Message);
        saga.RunId = saga.CorrelationId;
        saga.Source = request.Source;
        saga.NotificationChannel = request.NotificationChannel;
        saga.RequestedAt = request.RequestedAt;
        saga.IntakeId = request.IntakeId;
        (saga.Recreate, saga.Copy) = (request.Recreate, request.Copy);
        saga.Targets = [.. request.Targets.Select(name => new BatchTarget { Requested = name })];
        saga.Status = BatchStatus.ReadingSource;
        await Read(context);
        await context.Publish(saga.Accepted());
        await Report(context, saga.Targets);
    }

    /// <summary>Handles a duplicate request: its sender did not receive the acceptance.</summary>
    public async Task RepublishAcceptance(BehaviorContext<MigrationBatchState, MigrateIssues> context)
    {
        await context.Publish(context.Saga.Accepted());
        if (context.Saga.WasCausedBy(context.MessageId))
        {
            await SendRead(context);
        }
    }

    public async Task ResolveTargets(BehaviorContext<MigrationBatchState, SourceIssuesRead> context)
    {
        var (saga, read) = (context.Saga, context.Message);
        (saga.Source, saga.SourceRepositoryId) = (read.FullName, read.RepositoryId);
        (saga.SnapshotId, saga.SnapshotReadAt, saga.IssueCount) = (read.SnapshotId, read.ReadAt, read.IssueCount);
        saga.NeedsFinishing = read.NeedsFinishing;
        (saga.Outstanding, saga.ReadBy) = (null, context.MessageId);
        saga.WaitingUntil = null;
        BackoffPolicy.RecordSuccess(saga);
        if (saga.HasNothingToDo())
        {
            await EndAll(context, RepositoryStatus.Completed, null);
            return;
        }

        saga.Status = BatchStatus.Migrating;
        saga.StallCheckAt = backoff.StallCheck(0);
        SetWakeUp(saga);
        await SendAllPending(context);
        await Report(context, []);
    }

    /// <summary>Sends the pending command of every target that has not ended.</summary>
    public Task SendAllPending<T>(BehaviorContext<MigrationBatchState, T> context)
        where T : class => Task.WhenAll(context.Saga.Targets.Where(t => !t.IsEnded()).Select(t => SendPending(context, t)));

    public Task Fail(BehaviorContext<MigrationBatchState, SourceRefused> context)
    {
        context.Saga.Failure = context.Message.Failure;
        return EndAll(context, RepositoryStatus.Failed, context.Message.Failure);
    }

    public Task Wait(BehaviorContext<MigrationBatchState, SourceDeferred> context)
    {
        var saga = context.Saga;
        if (backoff.RecordFailure(saga, backoff.InLocalTime(context, context.Message.Failure), isSource: true) is not { } next)
        {
            return EndAll(context, RepositoryStatus.Failed, saga.Failure);
        }

        saga.Outstanding = null;
        saga.WakeAt = saga.WaitingUntil = next;
        return Report(context, []);
    }

    public async Task RereadSource(BehaviorContext<MigrationBatchState, WakeBatch> context)
    {
        var saga = context.Saga;
        if (saga.Directive == Directive.Pause)
        {
            (saga.Outstanding, saga.WaitingUntil, saga.WakeAt) = (null, null, null);
            BackoffPolicy.RecordSuccess(saga);
            await Report(context, []);
            return;
        }

        if (saga.Outstanding is not { } stalled)
        {
            // A planned wait outlives a restart.
            if (!context.Message.IsRestart)
            {
                await Read(context);
                await Report(context, []);
            }

            return;
        }

        if (!context.Message.IsRestart)
        {
            stalled.Resent++;
            saga.EventVersion += EventVersions.Leap;
            saga.FailingSince = backoff.Since(saga.FailingSince);
            if (backoff.IsExhausted(saga.FailingSince))
            {
                await GiveUp(context, saga.Failure);
                return;
            }
        }

        saga.WakeAt = backoff.StallCheck(stalled.Resent);
        await SendRead(context);
    }

    public Task SendRead<T>(BehaviorContext<MigrationBatchState, T> context)
        where T : class => context.Send(EndpointNames.Address(EndpointNames.ReadSourceIssues), context.Saga.ReadSourceIssues());

    /// <summary>Retries the look-ups that are due and, after a stall, sends every pending command again.</summary>
    public async Task ResendPending(BehaviorContext<MigrationBatchState, WakeBatch> context)
    {
        var saga = context.Saga;
        var (now, isRestart) = (context.Message.IsRestart ? backoff.Now : context.Message.DueAt, context.Message.IsRestart);
        var stalled = isRestart || backoff.IsDue(saga.StallCheckAt, now);
        if (stalled)
        {
            saga.StallChecks += isRestart ? 0 : 1;
            saga.EventVersion += EventVersions.Leap;
            saga.StallCheckAt = backoff.StallCheck(saga.StallChecks);
        }

        if (stalled && !isRestart && GiveUpNames(saga))
        {
            await End(context);
            return;
        }

        foreach (var target in saga.Targets.Where(t => !t.IsEnded()))
        {
            if (target.RepositoryId is null && target.RetryAt is { } retryAt ? backoff.IsDue(retryAt, now) : stalled)
            {
                target.RetryAt = null;
                await SendPending(context, target);
            }
        }

        SetWakeUp(saga);
        await Report(context, stalled ? saga.Targets : []);
    }

    /// <summary>Gives up names whose look-up has been unanswered for too long; repository migrations give up on their own.</summary>
    /// <returns>Whether every target has ended.</returns>
    bool GiveUpNames(MigrationBatchState saga)
    {
        var unanswered = saga.Targets.Where(t => !t.IsEnded() && t is { RepositoryId: null, RetryAt: null });
        foreach (var target in unanswered.Where(_ => saga.Directive == Directive.Run))
        {
            target.FailingSince = backoff.Since(target.FailingSince);
            if (backoff.IsExhausted(target.FailingSince))
            {
                (target.Status, target.Failure) = (RepositoryStatus.Failed, backoff.GiveUpFailure(target.Failure));
            }
        }

        return saga.Targets.TrueForAll(t => t.IsEnded());
    }

    /// <summary>
    /// Publishes the completion once more: the process that ended the migration may have died before publishing it, and no other message
    /// would cause it.
    /// </summary>
    public Task RepublishCompletion(BehaviorContext<MigrationBatchState, WakeBatch> context)
    {
        context.Saga.WakeAt = null;
        context.Saga.EventVersion += EventVersions.Leap;
        return Report(context, context.Saga.Targets);
    }

    async Task Read<T>(BehaviorContext<MigrationBatchState, T> context)
        where T : class
    {
        context.Saga.Outstanding = new() { CommandId = NewId.NextGuid(), CausedBy = context.MessageId };
        (context.Saga.WaitingUntil, context.Saga.WakeAt) = (null, backoff.StallCheck(0));
        await SendRead(context);
    }

    /// <summary>Sends the look-up of a name, unless the migration is paused, or the directive to the repository migration.</summary>
    static Task SendPending<T>(BehaviorContext<MigrationBatchState, T> context, BatchTarget target)
        where T : class =>
        target.RepositoryId is not null ? Migrate(context, target)
        : context.Saga.Directive == Directive.Run
            ? context.Send(EndpointNames.Address(EndpointNames.ResolveTarget), context.Saga.ResolveTarget(target))
        : Task.CompletedTask;

    static Task Migrate<T>(BehaviorContext<MigrationBatchState, T> context, BatchTarget target)
        where T : class => context.Send(EndpointNames.Address(EndpointNames.RepositoryMigration), context.Saga.MigrateRepository(target));

    /// <summary>
    /// Gives every target that has not ended the same outcome: the source is empty, unreadable, or the migration was cancelled.
    /// </summary>
    Task EndAll<T>(BehaviorContext<MigrationBatchState, T> context, RepositoryStatus status, Failure? failure)
        where T : class
    {
        foreach (var open in context.Saga.Targets.Where(t => !t.IsEnded()))
        {
            (open.Status, open.Failure, open.RetryAt) = (status, failure, null);
            (open.Total, open.Created, open.AlreadyThere, open.Rejected) = (0, 0, 0, 0);
        }

        return End(context);
    }

    Task GiveUp<T>(BehaviorContext<MigrationBatchState, T> context, Failure? last)
        where T : class
    {
        context.Saga.Failure = backoff.GiveUpFailure(last);
        return EndAll(context, RepositoryStatus.Failed, context.Saga.Failure);
    }

    Task End<T>(BehaviorContext<MigrationBatchState, T> context)
        where T : class
    {
        var saga = context.Saga;
        (saga.Status, saga.EndedAt) = (Outcome(saga), backoff.Now);
        (saga.Outstanding, saga.WaitingUntil, saga.WakeAt) = (null, null, backoff.StallCheck(0));
        return Report(context, saga.Targets);
    }

    static BatchStatus Outcome(MigrationBatchState saga)
    {
        var targets = saga.Targets.FindAll(t => t.Status != RepositoryStatus.SameAsAnother);
        return targets.Exists(t => t.Status == RepositoryStatus.Cancelled) ? BatchStatus.Cancelled
            : saga.HasNothingToDo() && !saga.IsRetry() ? BatchStatus.Skipped
            : targets.TrueForAll(t => t.Status == RepositoryStatus.Completed) ? BatchStatus.Completed
            : targets.TrueForAll(t => t.Status == RepositoryStatus.Failed) ? BatchStatus.Failed
            : BatchStatus.CompletedWithFailures;
    }

    static void SetWakeUp(MigrationBatchState saga)
    {
        var retry = saga.Directive == Directive.Run ? saga.Targets.Min(t => t.RetryAt) : null;
        saga.WakeAt = retry < saga.StallCheckAt ? retry : saga.StallCheckAt;
    }

    static Task Report<T>(BehaviorContext<MigrationBatchState, T> context, IReadOnlyList<BatchTarget> changed)
        where T : class
    {
        context.Saga.EventVersion++;
        return context.Publish(context.Saga.Progressed(changed));
    }
}
