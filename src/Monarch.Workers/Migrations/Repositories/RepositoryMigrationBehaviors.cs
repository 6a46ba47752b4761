using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Sagas;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>The verbs of <see cref="RepositoryMigrationStateMachine"/>. Messages leave after the saga is saved.</summary>
sealed partial class RepositoryMigrationBehaviors(BackoffPolicy backoff, ILedger ledger)
{
    const int AnswersKept = 100;

    public async Task Start(BehaviorContext<RepositoryMigrationState, MigrateRepository> context)
    {
        var (saga, request) = (context.Saga, context.Message);
        SetRepositories(saga, request);
        saga.TraceParent = TraceParent.Keep();
        saga.Answered = [.. saga.Answered.Concat(saga.Waiting.Select(run => run.RunId)).TakeLast(AnswersKept)];
        saga.Waiting = [WaitingRun.From(request)];
        Unqueue(saga, request.RunId);
        saga.NextPass = null;
        (saga.EndedAt, saga.EndedBy) = (null, null);
        (saga.Created, saga.TargetNotes) = (0, []);
        saga.Status = RepositoryStatus.Preparing;
        BeginPass(saga, Pass.From(request));
        RecordSuccess(saga);
        await Continue(context);
    }

    public async Task BeginCopying(BehaviorContext<RepositoryMigrationState, TargetPrepared> context)
    {
        var (saga, prepared) = (context.Saga, context.Message);
        (saga.TargetFullName, saga.Account) = (prepared.TargetFullName, prepared.Account);
        (saga.Status, saga.Place) = (RepositoryStatus.Copying, null);
        saga.TargetNotes = [.. prepared.Notes ?? []];
        RecordSuccess(saga);
        await RecordTargetNotes(context);
        await Continue(context);
    }

    /// <summary>Reads the target again, because the ledger may have lost entries; afterwards the ledger is accurate.</summary>
    public Task PrepareAgain(BehaviorContext<RepositoryMigrationState, TargetUnread> context)
    {
        (context.Saga.Status, context.Saga.Place) = (RepositoryStatus.Preparing, null);
        context.Saga.EventVersion += EventVersions.Leap;
        return Continue(context);
    }

    public Task Advance(BehaviorContext<RepositoryMigrationState, IssuesCreated> context)
    {
        var (saga, slice) = (context.Saga, context.Message);
        if (slice.IsBusy)
        {
            // Another delivery of the command is in progress, and its answer counts. If none arrives, the command is sent again soon.
            saga.WakeAt = backoff.NextRetry(backoff.InLocalTime(context, slice.EndedBy!), 0);
            return Task.CompletedTask;
        }

        // The issue of the last try is the first that the slice rejects.
        saga.LastRejectionReason =
            slice.Created > 0 ? null
            : saga.IsLastTry && slice.Rejected is [var rejected, ..] ? Reason(rejected.Failure)
            : saga.LastRejectionReason;
        if (slice.Next > saga.Next)
        {
            RecordSuccess(saga);
        }

        saga.Next = slice.Next;
        saga.Created += slice.Created;
        saga.Rejected += slice.Rejected.Count;

        if (slice.EndedBy is { } failure)
        {
            return failure.IsPermanent() ? End(context, failure) : WaitOrGiveUp(context, failure);
        }

        if (saga.Next < saga.Pass.IssueCount)
        {
            return Continue(context);
        }

        if (saga.Pass.IsFinishedSeparately)
        {
            (saga.Status, saga.NextToFinish) = (RepositoryStatus.Finishing, 0);
            return Continue(context);
        }

        return EndPass(context);
    }

    /// <summary>Begins the next pass, or ends the repository migration.</summary>
    async Task EndPass<T>(BehaviorContext<RepositoryMigrationState, T> context)
        where T : class
    {
        var saga = context.Saga;
        if (saga.NextPass is { } next)
        {
            saga.NextPass = null;
            // Deleted copies are found only by reading the target.
            saga.Status = next.Recreate ? RepositoryStatus.Preparing : RepositoryStatus.Copying;
            BeginPass(saga, next);
            await RecordTargetNotes(context);
            await Continue(context);
            return;
        }

        await End(context, null);
    }

    public async Task StartOver(BehaviorContext<RepositoryMigrationState, SnapshotReplaced> context)
    {
        var (saga, replaced) = (context.Saga, context.Message);
        BeginPass(
            saga,
            saga.Pass with
            {
                SnapshotId = replaced.SnapshotId,
                ReadAt = replaced.ReadAt,
                IssueCount = replaced.IssueCount,
                NeedsFinishing = replaced.NeedsFinishing,
            }
        );
        saga.Status = RepositoryStatus.Copying;
        await RecordTargetNotes(context);
        await Continue(context);
    }

    public Task Wait(BehaviorContext<RepositoryMigrationState, RepositoryMigrationDeferred> context)
    {
        context.Saga.Place = context.Message.Place ?? context.Saga.Place;
        return WaitOrGiveUp(context, context.Message.Failure);
    }

    public Task Fail(BehaviorContext<RepositoryMigrationState, RepositoryMigrationRefused> context) =>
        End(context, context.Message.Failure);

    /// <summary>Continues after a planned wait, or sends an unanswered command again.</summary>
    public Task WakeUp(BehaviorContext<RepositoryMigrationState, WakeRepositoryMigration> context)
    {
        var saga = context.Saga;
        saga.EventVersion += EventVersions.Leap;
        if (saga.Outstanding is not { } stalled || saga.EffectiveDirective() != Directive.Run)
        {
            return Continue(context);
        }

        if (context.Message.IsRestart)
        {
            saga.WakeAt = backoff.StallCheck(stalled.Resent);
            return Send(context);
        }

        saga.FailingSince = backoff.Since(saga.FailingSince);
        if (backoff.IsExhausted(saga.FailingSince))
        {
            return End(context, backoff.GiveUpFailure(saga.Failure));
        }

        saga.WakeAt = backoff.StallCheck(++stalled.Resent);
        return Send(context);
    }

    /// <summary>Repeats the messages of a redelivered event: its first handler may have died between saving and sending.</summary>
    public async Task Repeat<T>(BehaviorContext<RepositoryMigrationState, T> context)
        where T : class
    {
        await Send(context);
        await Report(context);
    }

    /// <summary>Sends the messages of the current step: the outstanding command, or the completion to every waiting run.</summary>
    static Task Send<T>(BehaviorContext<RepositoryMigrationState, T> context)
        where T : class
    {
        var saga = context.Saga;
        return (saga.Outstanding, saga.Status) switch
        {
            ({ } outstanding, RepositoryStatus.Preparing) => context.Send(
                EndpointNames.Address(EndpointNames.PrepareTarget),
                saga.PrepareTarget(outstanding.CommandId)
            ),
            ({ } outstanding, RepositoryStatus.Finishing) => context.Send(
                EndpointNames.Address(EndpointNames.FinishIssues),
                saga.FinishIssues(outstanding.CommandId)
            ),
            ({ } outstanding, _) => context.Send(
                EndpointNames.Address(EndpointNames.CreateIssues),
                saga.CreateIssues(outstanding.CommandId)
            ),
            _ => Task.WhenAll([
                .. saga.Waiting.Select(run => context.Publish(saga.Completed(run, saga.Status))),
                .. saga.Queued.Select(request => context.Send(EndpointNames.Address(EndpointNames.RepositoryMigration), request)),
            ]),
        };
    }

    /// <summary>Takes the next step, as the effective directive allows.</summary>
    async Task Continue<T>(BehaviorContext<RepositoryMigrationState, T> context)
        where T : class
    {
        var saga = context.Saga;
        switch (saga.EffectiveDirective())
        {
            case Directive.Cancel:
                await End(context, null);
                break;
            case Directive.Pause:
                // The page's address may have expired at the end of a long pause.
                (saga.Outstanding, saga.WaitingUntil, saga.WakeAt, saga.Place) = (null, null, null, null);
                RecordSuccess(saga);
                await Report(context);
                break;
            default:
                saga.Outstanding = new() { CommandId = NewId.NextGuid(), CausedBy = context.MessageId };
                saga.WaitingUntil = null;
                saga.WakeAt = backoff.StallCheck(0);
                await Send(context);
                await Report(context);
                break;
        }
    }

    Task WaitOrGiveUp<T>(BehaviorContext<RepositoryMigrationState, T> context, Failure failure)
        where T : class
    {
        var saga = context.Saga;
        if (saga.EffectiveDirective() != Directive.Run)
        {
            return Continue(context);
        }

        failure = backoff.InLocalTime(context, failure);
        var concernsIssue = saga.Status is RepositoryStatus.Copying or RepositoryStatus.Finishing && failure.IsUnexplained();
        if (concernsIssue && saga.Status == RepositoryStatus.Copying && saga.LastRejectionReason == Reason(failure))
        {
            return End(context, RefusedRepeatedly(failure));
        }

        var next = backoff.RecordFailure(saga, failure);
        if (next is null && concernsIssue && !saga.IsLastTry)
        {
            saga.IsLastTry = true;
            next = backoff.NextRetry(saga.Failure = failure, 0);
        }

        if (next is null)
        {
            return End(context, saga.Failure);
        }

        saga.Outstanding = null;
        saga.WakeAt = saga.WaitingUntil = next;
        return Report(context);
    }

    /// <summary>GitHub's message without digits, which may differ from issue to issue.</summary>
    static string Reason(Failure failure) => string.Concat(failure.Message.Where(c => !char.IsDigit(c)));

    static Failure RefusedRepeatedly(Failure failure) =>
        failure with
        {
            Kind = FailureKind.RefusedTarget,
            Message = $"Two issues in a row were refused for the same reason, so the others were not tried: {failure.Message}",
            Remedy =
                "The cause does not lie in the issues. Fix the cause that GitHub's message names and request the migration again; "
                + "issues already copied are skipped.",
        };

    static LedgerKey Key(RepositoryMigrationState saga) => new(saga.SourceRepositoryId, saga.TargetRepositoryId, saga.Pass.Id);

    static void SetRepositories(RepositoryMigrationState saga, MigrateRepository request) =>
        (saga.SourceRepositoryId, saga.SourceFullName, saga.TargetRepositoryId, saga.TargetFullName) = (
            request.SourceRepositoryId,
            request.SourceFullName,
            request.TargetRepositoryId,
            request.TargetFullName
        );

    static void BeginPass(RepositoryMigrationState saga, Pass pass)
    {
        saga.Pass = pass with { Id = NewId.NextGuid() };
        (saga.Next, saga.NextToFinish, saga.Rejected) = (0, 0, 0);
        (saga.Place, saga.IsLastTry, saga.LastRejectionReason) = (null, false, null);
    }

    static void RecordSuccess(RepositoryMigrationState saga)
    {
        BackoffPolicy.RecordSuccess(saga);
        saga.IsLastTry = false;
    }
}
