using MassTransit;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Sagas;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.Batches;

/// <summary>The interventions of people. They are idempotent: one that is delivered twice only sends its directives again.</summary>
sealed partial class MigrationBatchBehaviors
{
    const int InterventionsKept = 20;

    /// <summary>
    /// Targets that are not resolved end immediately; repository migrations receive the directive, and their answer has the final counts.
    /// </summary>
    public async Task Cancel(BehaviorContext<MigrationBatchState, CancelMigration> context)
    {
        var saga = context.Saga;
        AddIntervention(saga, InterventionKind.Cancel, context.Message.Reason, context.Message.RequestedAt);
        saga.Directive = Directive.Cancel;
        if (saga.Status == BatchStatus.ReadingSource)
        {
            await EndAll(context, RepositoryStatus.Cancelled, null);
            return;
        }

        List<BatchTarget> unresolved = saga.Targets.FindAll(t => t.RepositoryId is null && !t.IsEnded());
        foreach (var target in unresolved)
        {
            (target.Status, target.Failure, target.RetryAt) = (RepositoryStatus.Cancelled, null, null);
        }

        if (saga.Targets.TrueForAll(t => t.IsEnded()))
        {
            await End(context);
            return;
        }

        await SendDirective(context);
        await Report(context, unresolved);
    }

    public async Task Pause(BehaviorContext<MigrationBatchState, PauseMigration> context)
    {
        var saga = context.Saga;
        if (saga.Directive == Directive.Cancel)
        {
            return;
        }

        AddIntervention(saga, InterventionKind.Pause, context.Message.Reason, context.Message.RequestedAt);
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

        AddIntervention(saga, InterventionKind.Resume, context.Message.Reason, context.Message.RequestedAt);
        saga.Directive = Directive.Run;
        if (saga.IsIdle())
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

        AddIntervention(saga, InterventionKind.Resume, context.Message.Reason, context.Message.RequestedAt);
        saga.Directive = isRepeated ? saga.Directive : Directive.Run;
        await SendDirective(context);
        await Report(context, []);
    }

    /// <summary>
    /// Starts a new run over the targets that failed. The source is read again, because its issues may have been corrected.
    /// </summary>
    public async Task Retry(BehaviorContext<MigrationBatchState, RetryRejectedIssues> context)
    {
        var saga = context.Saga;
        AddIntervention(saga, InterventionKind.Retry, context.Message.Reason, context.Message.RequestedAt);
        (saga.RunId, saga.Directive, saga.EndedAt, saga.Status) = (NewId.NextGuid(), Directive.Run, null, BatchStatus.ReadingSource);
        saga.ReadBy = null;
        BackoffPolicy.RecordSuccess(saga);
        saga.TraceParent = TraceParent.Keep();
        foreach (var target in saga.Targets.Where(t => t.HasFailed()))
        {
            if (target.Status == RepositoryStatus.Failed)
            {
                // The name may have been wrong.
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

    /// <summary>Sends the current directive to every target that has not ended; the stall check sends it again.</summary>
    async Task SendDirective<T>(BehaviorContext<MigrationBatchState, T> context)
        where T : class
    {
        var saga = context.Saga;
        (saga.StallCheckAt, saga.StallChecks) = (backoff.StallCheck(0), 0);
        saga.EventVersion++;
        SetWakeUp(saga);
        foreach (var target in saga.Targets.Where(t => !t.IsEnded() && t.RetryAt is null))
        {
            await SendPending(context, target);
        }
    }

    static void AddIntervention(MigrationBatchState saga, InterventionKind kind, string? reason, DateTimeOffset at)
    {
        if (!saga.HasReceived(kind, at))
        {
            var intervention = new Intervention
            {
                Kind = kind,
                Reason = reason,
                At = at,
            };
            saga.Interventions = [.. saga.Interventions.Append(intervention).TakeLast(InterventionsKept)];
        }
    }
}
