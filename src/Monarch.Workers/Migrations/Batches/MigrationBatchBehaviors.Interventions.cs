using MassTransit;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Sagas;

namespace Monarch.Workers.Migrations.Batches;

/// <summary>What people do to a batch. Each may come twice, and changes nothing the second time but to be carried out again.</summary>
sealed partial class MigrationBatchBehaviors
{
    const int InterventionsKept = 20;

    /// <summary>Targets without a pair end at once; a pair is told, and its answer says how far it came.</summary>
    public async Task Cancel(BehaviorContext<MigrationBatchState, CancelMigration> context)
    {
        var saga = context.Saga;
        Note(saga, InterventionKind.Cancel, context.Message.Reason, context.Message.RequestedAt);
        saga.Directive = Directive.Cancel;
        if (saga.Status == BatchStatus.ReadingSource)
        {
            await EndAll(context, RepositoryStatus.Cancelled, null);
            return;
        }

        List<BatchTarget> without = saga.Targets.FindAll(t => t.RepositoryId is null && !t.IsEnded());
        foreach (var target in without)
        {
            (target.Status, target.Failure, target.RetryAt) = (RepositoryStatus.Cancelled, null, null);
        }

        if (saga.Targets.TrueForAll(t => t.IsEnded()))
        {
            await End(context);
            return;
        }

        await SendDirective(context);
        await Report(context, without);
    }

    public async Task Pause(BehaviorContext<MigrationBatchState, PauseMigration> context)
    {
        var saga = context.Saga;
        if (saga.Directive == Directive.Cancel)
        {
            return;
        }

        Note(saga, InterventionKind.Pause, context.Message.Reason, context.Message.RequestedAt);
        saga.Directive = Directive.Pause;
        if (saga.Status == BatchStatus.Migrating)
        {
            await SendDirective(context);
        }

        await Report(context, []);
    }

    public async Task ResumeReading(BehaviorContext<MigrationBatchState, ResumeMigration> context)
    {
        var saga = context.Saga;
        if (saga.WasCausedBy(context.MessageId))
        {
            await SendRead(context);
        }

        if (saga.Directive != Directive.Pause)
        {
            return;
        }

        Note(saga, InterventionKind.Resume, context.Message.Reason, context.Message.RequestedAt);
        saga.Directive = Directive.Run;
        if (saga.IsResting())
        {
            await Read(context);
        }

        await Report(context, []);
    }

    public async Task Resume(BehaviorContext<MigrationBatchState, ResumeMigration> context)
    {
        var saga = context.Saga;
        var isRepeated = saga.HasReceived(InterventionKind.Resume, context.Message.RequestedAt);
        if (saga.Directive == Directive.Cancel || (saga.Directive == Directive.Run && !isRepeated))
        {
            return;
        }

        Note(saga, InterventionKind.Resume, context.Message.Reason, context.Message.RequestedAt);
        saga.Directive = isRepeated ? saga.Directive : Directive.Run;
        await SendDirective(context);
        await Report(context, []);
    }

    /// <summary>A new run over the targets that failed. The source is read again, since its issues may be what was corrected.</summary>
    public async Task Retry(BehaviorContext<MigrationBatchState, RetryRejectedIssues> context)
    {
        var saga = context.Saga;
        Note(saga, InterventionKind.Retry, context.Message.Reason, context.Message.RequestedAt);
        (saga.RunId, saga.Directive, saga.EndedAt, saga.Status) = (NewId.NextGuid(), Directive.Run, null, BatchStatus.ReadingSource);
        saga.ReadBy = null;
        BackoffPolicy.RecordSuccess(saga);
        saga.TraceParent = TraceParent.Keep();
        foreach (var target in saga.Targets.Where(t => t.HasFailed()))
        {
            if (target.Status == RepositoryStatus.Failed)
            {
                // It may have been the name that was wrong.
                (target.RepositoryId, target.FullName) = (null, null);
            }

            target.Status = target.RepositoryId is null ? RepositoryStatus.Resolving : RepositoryStatus.Preparing;
            target.RetryAt = null;
            BackoffPolicy.RecordSuccess(target);
            (target.Total, target.Created, target.AlreadyThere, target.Rejected) = (null, null, null, null);
        }

        await Read(context);
        await Report(context, saga.Targets);
    }

    /// <summary>Tells every target that has not ended what is wanted now; whoever does not hear it is told again at the stall check.</summary>
    async Task SendDirective<T>(BehaviorContext<MigrationBatchState, T> context)
        where T : class
    {
        var saga = context.Saga;
        (saga.StallCheckAt, saga.StallChecks) = (backoff.StallCheck(0), 0);
        saga.EventVersion++;
        Sleep(saga);
        foreach (var target in saga.Targets.Where(t => !t.IsEnded() && t.RetryAt is null))
        {
            await SendPending(context, target);
        }
    }

    static void Note(MigrationBatchState saga, InterventionKind kind, string? reason, DateTimeOffset at)
    {
        if (!saga.HasReceived(kind, at))
        {
            saga.Interventions = [.. saga.Interventions.Append(new() { Kind = kind, Reason = reason, At = at }).TakeLast(InterventionsKept)];
        }
    }
}
