using System.Globalization;
using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Failures;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>The second pass, the end of a repository migration, and the reports of its progress.</summary>
sealed partial class RepositoryMigrationBehaviors
{
    const int MaxNotes = 300;

    public Task Finish(BehaviorContext<RepositoryMigrationState, IssuesFinished> context)
    {
        var (saga, slice) = (context.Saga, context.Message);
        if (slice.Next > saga.NextToFinish)
        {
            RecordSuccess(saga);
        }

        saga.NextToFinish = slice.Next;
        if (slice.EndedBy is { } failure)
        {
            return failure.IsPermanent() ? End(context, failure) : WaitOrGiveUp(context, failure);
        }

        if (saga.NextToFinish < saga.Pass.IssueCount)
        {
            return Continue(context);
        }

        return EndPass(context);
    }

    async Task End<T>(BehaviorContext<RepositoryMigrationState, T> context, Failure? failure)
        where T : class
    {
        var saga = context.Saga;
        (saga.Outstanding, saga.WaitingUntil, saga.WakeAt) = (null, null, null);
        (saga.EndedAt, saga.EndedBy) = (backoff.Now, context.MessageId);
        saga.Failure = failure;
        saga.Status =
            failure is not null ? RepositoryStatus.Failed
            : saga.IsPassUnfinished() || saga.NextPass is not null ? RepositoryStatus.Cancelled
            : saga.Rejected > 0 ? RepositoryStatus.CompletedWithFailures
            : RepositoryStatus.Completed;
        await Report(context);
        await Send(context);
    }

    Task Report<T>(BehaviorContext<RepositoryMigrationState, T> context)
        where T : class => Report(context, [.. context.Saga.Waiting.Select(run => run.BatchId).Distinct()]);

    async Task Report<T>(BehaviorContext<RepositoryMigrationState, T> context, params Guid[] batches)
        where T : class
    {
        var saga = context.Saga;
        saga.EventVersion++;
        var rejected = saga.Rejected > 0 ? await ledger.GetRejectedAsync(Key(saga), context.CancellationToken) : [];
        var notes =
            saga.EndedAt is not null ? AtMost(MaxNotes, await ledger.GetNotesAsync(Key(saga), context.CancellationToken))
            : saga.TargetNotes.Count > 0 ? saga.TargetNotes
            : null;
        foreach (var batch in batches)
        {
            await context.Publish(saga.Progressed(batch, rejected, notes));
        }
    }

    /// <summary>The notes of each pass are kept separately.</summary>
    Task RecordTargetNotes<T>(BehaviorContext<RepositoryMigrationState, T> context)
        where T : class =>
        context.Saga.TargetNotes.Count > 0
            ? ledger.AddNotesAsync(Key(context.Saga), context.Saga.TargetNotes, context.CancellationToken)
            : Task.CompletedTask;

    // An event is a message, and the read model keeps it.
    static IReadOnlyList<IssueNote> AtMost(int count, IReadOnlyList<IssueNote> notes) =>
        notes.Count <= count
            ? notes
            :
            [
                .. notes.Take(count),
                notes[^1] with
                {
                    Number = 0,
                    Field = "further parts",
                    Message = string.Create(CultureInfo.InvariantCulture, $"{notes.Count - count} more notes are not shown."),
                },
            ];
}
