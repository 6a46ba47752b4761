using MassTransit;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>The directives of migrations to a repository migration: join, pause, continue, cancel.</summary>
sealed partial class RepositoryMigrationBehaviors
{
    /// <summary>Records a run that was cancelled before it started here, in case its start is delivered late.</summary>
    public Task Decline(BehaviorContext<RepositoryMigrationState, MigrateRepository> context)
    {
        var (saga, request) = (context.Saga, context.Message);
        if (saga.EndedAt is null)
        {
            SetRepositories(saga, request);
            (saga.EndedAt, saga.EndedBy, saga.Status) = (backoff.Now, context.MessageId, RepositoryStatus.Cancelled);
        }

        RecordCancelled(saga, request.RunId);
        Unqueue(saga, request.RunId);
        return AnswerCancelled(context);
    }

    public Task AnswerCancelled(BehaviorContext<RepositoryMigrationState, MigrateRepository> context) =>
        context.Publish(context.Saga.Completed(WaitingRun.From(context.Message), RepositoryStatus.Cancelled));

    /// <summary>Handles another migration of the same repository, or a new directive of one that waits.</summary>
    public async Task Join(BehaviorContext<RepositoryMigrationState, MigrateRepository> context)
    {
        var (saga, request) = (context.Saga, context.Message);
        if (saga.Waiting.Find(run => run.RunId == request.RunId) is not { } known)
        {
            if (Pass.From(request).CopyKey != saga.Pass.CopyKey)
            {
                await Queue(context);
                return;
            }

            Unqueue(saga, request.RunId);

            saga.Waiting.Add(WaitingRun.From(request));
            var requested = Pass.From(request).WithLatestSnapshot(saga.Pass);
            if (!saga.Pass.Covers(requested))
            {
                saga.NextPass = saga.NextPass?.Merge(requested) ?? requested;
            }
        }
        else if (request.BatchVersion >= known.BatchVersion)
        {
            // The version is updated even if the directive is unchanged; otherwise a stale directive that arrives late would win.
            var isNew = request.Directive != known.Directive;
            (known.Directive, known.BatchVersion) = (request.Directive, request.BatchVersion);
            if (!isNew)
            {
                return;
            }
        }
        else
        {
            return;
        }

        await CompleteCancelledRuns(context);
        if (saga.Outstanding is null && saga.EffectiveDirective() == Directive.Cancel)
        {
            await End(context, null);
        }
        else if (saga.IsIdle() && saga.EffectiveDirective() == Directive.Run)
        {
            await Continue(context);
        }
        else
        {
            await Report(context);
        }
    }

    /// <summary>
    /// Another migration that copies other issues, or other parts of them, has a result of its own: it begins when the current one has
    /// ended.
    /// </summary>
    static async Task Queue(BehaviorContext<RepositoryMigrationState, MigrateRepository> context)
    {
        var (saga, request) = (context.Saga, context.Message);
        var known = saga.Queued.Find(queued => queued.RunId == request.RunId);
        if (known?.BatchVersion > request.BatchVersion)
        {
            return;
        }

        Unqueue(saga, request.RunId);
        if (request.Directive == Directive.Cancel)
        {
            RecordCancelled(saga, request.RunId);
            await context.Publish(saga.Completed(WaitingRun.From(request), RepositoryStatus.Cancelled));
            return;
        }

        saga.Queued.Add(request);
    }

    public async Task RepublishAnswer(BehaviorContext<RepositoryMigrationState, MigrateRepository> context)
    {
        Unqueue(context.Saga, context.Message.RunId);
        await Report(context, context.Message.BatchId);
        await context.Publish(context.Saga.Completed(WaitingRun.From(context.Message), context.Saga.Status));
    }

    /// <summary>Completes cancelled runs immediately when the repository migration continues for other runs.</summary>
    static async Task CompleteCancelledRuns(BehaviorContext<RepositoryMigrationState, MigrateRepository> context)
    {
        var saga = context.Saga;
        if (saga.EffectiveDirective() == Directive.Cancel)
        {
            return;
        }

        foreach (var run in saga.Waiting.FindAll(run => run.Directive == Directive.Cancel))
        {
            saga.Waiting.Remove(run);
            RecordCancelled(saga, run.RunId);
            await context.Publish(saga.Completed(run, RepositoryStatus.Cancelled));
        }
    }

    static void Unqueue(RepositoryMigrationState saga, Guid run) => saga.Queued.RemoveAll(queued => queued.RunId == run);

    static void RecordCancelled(RepositoryMigrationState saga, Guid cancelledRun) =>
        saga.Cancelled = [.. saga.Cancelled.Append(cancelledRun).Distinct().TakeLast(AnswersKept)];
}
