using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.Migrations.Batches;

/// <summary>The verbs of <see cref="MigrationBatchStateMachine"/>. What they send leaves after the saga is saved.</summary>
sealed class MigrationBatchBehaviors(Patience patience)
{
    public async Task Accept(BehaviorContext<MigrationBatchState, MigrateIssues> context)
    {
        var (saga, request) = (context.Saga, context.Message);
        saga.Source = request.Source;
        saga.NotificationChannel = request.NotificationChannel;
        saga.RequestedAt = request.RequestedAt;
        saga.IntakeId = request.IntakeId;
        saga.Targets = [.. request.Targets.Select(name => new BatchTarget { Requested = name })];
        saga.Status = BatchStatus.ReadingSource;
        await Read(context);
        await context.Publish(saga.Accepted());
        await Report(context, saga.Targets);
    }

    /// <summary>The request again: its sender has not heard that the batch is saved.</summary>
    public async Task AcceptAgain(BehaviorContext<MigrationBatchState, MigrateIssues> context)
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
        (saga.Outstanding, saga.ReadBy) = (null, context.MessageId);
        (saga.Failure, saga.Failures, saga.FailingSince, saga.WaitingUntil) = (null, 0, null, null);
        if (read.IssueCount == 0)
        {
            await End(context, BatchStatus.Skipped, null);
            return;
        }

        saga.Status = BatchStatus.Migrating;
        saga.StallCheckAt = patience.StallCheck(0);
        Sleep(saga);
        await ResolveTargetsAgain(context);
        await Report(context, []);
    }

    public Task ResolveTargetsAgain(BehaviorContext<MigrationBatchState, SourceIssuesRead> context) =>
        Task.WhenAll(context.Saga.Targets.Where(t => t.RepositoryId is null && !t.IsEnded()).Select(t => Resolve(context, t)));

    public Task Fail(BehaviorContext<MigrationBatchState, SourceRefused> context) =>
        End(context, BatchStatus.Failed, context.Message.Failure);

    public Task Wait(BehaviorContext<MigrationBatchState, SourceDeferred> context)
    {
        var saga = context.Saga;
        saga.FailingSince ??= patience.Now;
        if (patience.IsOver(saga.FailingSince))
        {
            return End(context, BatchStatus.Failed, patience.GivenUp(context.Message.Failure));
        }

        saga.Outstanding = null;
        saga.Failure = context.Message.Failure;
        saga.WakeAt = saga.WaitingUntil = patience.NextTry(context.Message.Failure, saga.Failures++);
        return Report(context, []);
    }

    public async Task ReadAgain(BehaviorContext<MigrationBatchState, WakeBatch> context)
    {
        var saga = context.Saga;
        if (saga.Outstanding is not { } stalled)
        {
            saga.WaitingUntil = null;
            await Read(context);
            await Report(context, []);
            return;
        }

        saga.FailingSince ??= patience.Now;
        if (patience.IsOver(saga.FailingSince))
        {
            await End(context, BatchStatus.Failed, patience.GivenUp(saga.Failure));
            return;
        }

        saga.WakeAt = patience.StallCheck(++stalled.Resent);
        await SendRead(context);
    }

    public Task SendRead<T>(BehaviorContext<MigrationBatchState, T> context)
        where T : class =>
        context.Send(EndpointNames.Address(EndpointNames.ReadSourceIssues), context.Saga.ReadSourceIssues());

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
            (target.RetryAt, target.Failure, target.FailingSince) = (null, null, null);
            target.Status = RepositoryStatus.Preparing;
            if (resolved.RepositoryId == saga.SourceRepositoryId)
            {
                await EndTarget(context, target, RepositoryStatus.Failed, TargetIsSource(resolved));
                return;
            }

            if (saga.Targets.Exists(other => other != target && other.RepositoryId == resolved.RepositoryId))
            {
                await EndTarget(context, target, RepositoryStatus.SameAsAnother, null);
                return;
            }

            Sleep(saga);
        }

        await Migrate(context, target);
        await Report(context, [target]);
    }

    public Task RefuseTarget(BehaviorContext<MigrationBatchState, TargetRefused> context) =>
        EndTarget(context, context.Saga.Targets[context.Message.TargetIndex], RepositoryStatus.Failed, context.Message.Failure);

    public Task DeferTarget(BehaviorContext<MigrationBatchState, TargetDeferred> context)
    {
        var target = context.Saga.Targets[context.Message.TargetIndex];
        target.FailingSince ??= patience.Now;
        if (patience.IsOver(target.FailingSince))
        {
            return EndTarget(context, target, RepositoryStatus.Failed, patience.GivenUp(context.Message.Failure));
        }

        target.Failure = context.Message.Failure;
        target.RetryAt = patience.NextTry(context.Message.Failure, target.Failures++);
        Sleep(context.Saga);
        return Report(context, [target]);
    }

    public Task FailRepositoryByBug(BehaviorContext<MigrationBatchState, Fault<MigrateRepository>> context) =>
        context.Saga.Targets.Find(t => t.RepositoryId == context.Message.Message.TargetRepositoryId && !t.IsEnded()) is { } target
            ? EndTarget(context, target, RepositoryStatus.Failed, Bug.From(context.Message))
            : Task.CompletedTask;

    public Task NoteOutcome(BehaviorContext<MigrationBatchState, RepositoryMigrationCompleted> context)
    {
        var outcome = context.Message;
        if (context.Saga.Targets.Find(t => t.RepositoryId == outcome.TargetRepositoryId && !t.IsEnded()) is not { } target)
        {
            return Task.CompletedTask;
        }

        target.FullName = outcome.TargetFullName;
        (target.Total, target.Created, target.AlreadyThere, target.Rejected) =
            (outcome.Total, outcome.Created, outcome.AlreadyThere, outcome.Rejected);
        return EndTarget(context, target, outcome.Status, outcome.Failure);
    }

    /// <summary>Looks up again the names whose wait is over and, when nothing moved for a while, asks again for everything that is missing.</summary>
    public async Task AskAgain(BehaviorContext<MigrationBatchState, WakeBatch> context)
    {
        var saga = context.Saga;
        var now = context.Message.DueAt;
        var stalled = saga.StallCheckAt <= now;
        if (stalled)
        {
            saga.StallCheckAt = patience.StallCheck(++saga.StallChecks);
        }

        foreach (var target in saga.Targets.Where(t => !t.IsEnded()))
        {
            if (target.RepositoryId is not null)
            {
                await (stalled ? Migrate(context, target) : Task.CompletedTask);
            }
            else if (target.RetryAt is { } retryAt ? retryAt <= now : stalled)
            {
                target.RetryAt = null;
                await Resolve(context, target);
            }
        }

        Sleep(saga);
        await Report(context, stalled ? saga.Targets : []);
    }

    /// <summary>The process that ended the batch may have died before it could say so, and nobody else would ever ask.</summary>
    public Task SayTheEndAgain(BehaviorContext<MigrationBatchState, WakeBatch> context)
    {
        context.Saga.WakeAt = null;
        return Report(context, context.Saga.Targets);
    }

    async Task Read<T>(BehaviorContext<MigrationBatchState, T> context)
        where T : class
    {
        context.Saga.Outstanding = new() { CommandId = NewId.NextGuid(), CausedBy = context.MessageId };
        context.Saga.WakeAt = patience.StallCheck(0);
        await SendRead(context);
    }

    static Task Resolve<T>(BehaviorContext<MigrationBatchState, T> context, BatchTarget target)
        where T : class =>
        context.Send(EndpointNames.Address(EndpointNames.ResolveTarget), context.Saga.ResolveTarget(target));

    static Task Migrate<T>(BehaviorContext<MigrationBatchState, T> context, BatchTarget target)
        where T : class =>
        context.Send(EndpointNames.Address(EndpointNames.RepositoryMigration), context.Saga.MigrateRepository(target));

    Task EndTarget<T>(BehaviorContext<MigrationBatchState, T> context, BatchTarget target, RepositoryStatus status, Failure? failure)
        where T : class
    {
        var saga = context.Saga;
        (target.Status, target.Failure, target.RetryAt) = (status, failure, null);
        (saga.StallCheckAt, saga.StallChecks) = (patience.StallCheck(0), 0);
        if (!saga.Targets.TrueForAll(t => t.IsEnded()))
        {
            Sleep(saga);
            return Report(context, [target]);
        }

        var outcome = saga.Targets.TrueForAll(t => t.Status is RepositoryStatus.Completed or RepositoryStatus.SameAsAnother) ? BatchStatus.Completed
            : saga.Targets.TrueForAll(t => t.Status is RepositoryStatus.Failed or RepositoryStatus.SameAsAnother) ? BatchStatus.Failed
            : BatchStatus.CompletedWithFailures;
        return End(context, outcome, null);
    }

    Task End<T>(BehaviorContext<MigrationBatchState, T> context, BatchStatus status, Failure? failure)
        where T : class
    {
        var saga = context.Saga;
        foreach (var open in saga.Targets.Where(t => !t.IsEnded()))
        {
            // The source has ended it for all of them: there is nothing to copy, or nothing to copy from.
            (open.Status, open.Failure, open.RetryAt) = (failure is null ? RepositoryStatus.Completed : RepositoryStatus.Failed, failure, null);
            (open.Total, open.Created, open.AlreadyThere, open.Rejected) = (0, 0, 0, 0);
        }

        (saga.Status, saga.Failure, saga.EndedAt) = (status, failure, patience.Now);
        (saga.Outstanding, saga.WaitingUntil, saga.WakeAt) = (null, null, patience.StallCheck(0));
        return Report(context, saga.Targets);
    }

    static Failure TargetIsSource(TargetResolved target) => new()
    {
        Kind = FailureKind.RefusedTarget,
        Message = $"{target.FullName} is the source itself.",
        Remedy = "Name the team's repository instead.",
    };

    static void Sleep(MigrationBatchState saga)
    {
        var retry = saga.Targets.Min(t => t.RetryAt);
        saga.WakeAt = retry < saga.StallCheckAt ? retry : saga.StallCheckAt;
    }

    static Task Report<T>(BehaviorContext<MigrationBatchState, T> context, IReadOnlyList<BatchTarget> changed)
        where T : class => context.Publish(context.Saga.Progressed(changed));
}
