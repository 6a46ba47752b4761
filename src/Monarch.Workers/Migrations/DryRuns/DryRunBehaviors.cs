using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.DryRuns;
using Monarch.Contracts.GitHub;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.DryRuns;

/// <summary>The verbs of <see cref="DryRunStateMachine"/>. Messages leave after the saga is saved.</summary>
sealed class DryRunBehaviors(BackoffPolicy backoff)
{
    /// <summary>What a person waits for at most; a migration would wait longer.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public async Task Start(BehaviorContext<DryRunState, StartDryRun> context)
    {
        var (saga, request) = (context.Saga, context.Message);
        (saga.Source, saga.RequestedAt, saga.Recreate, saga.Copy) = (request.Source, request.RequestedAt, request.Recreate, request.Copy);
        saga.Targets = [.. request.Targets.Select(name => new DryRunTargetState { Requested = name })];
        (saga.Status, saga.Deadline) = (DryRunStatus.ReadingSource, backoff.After(Longest));
        await Read(context);
        await Report(context, saga.Targets);
    }

    public Task SendRead<T>(BehaviorContext<DryRunState, T> context)
        where T : class => context.Send(EndpointNames.Address(EndpointNames.ReadSourceIssues), context.Saga.ReadSourceIssues());

    public async Task CheckTargets(BehaviorContext<DryRunState, SourceIssuesRead> context)
    {
        var (saga, read) = (context.Saga, context.Message);
        (saga.Source, saga.SourceRepositoryId) = (read.FullName, read.RepositoryId);
        (saga.SnapshotId, saga.IssueCount) = (read.SnapshotId, read.IssueCount);
        (saga.Outstanding, saga.ReadBy, saga.WaitingUntil) = (null, context.MessageId, null);
        BackoffPolicy.RecordSuccess(saga);
        saga.Status = DryRunStatus.Checking;
        saga.StallCheckAt = backoff.StallCheck(0);
        SetWakeUp(saga);
        await SendAllPending(context);
        await Report(context, []);
    }

    /// <summary>Sends the command of every target that has no result. None waits for another.</summary>
    public Task SendAllPending<T>(BehaviorContext<DryRunState, T> context)
        where T : class => Task.WhenAll(context.Saga.Targets.Where(target => !target.IsEnded()).Select(target => Send(context, target)));

    public Task Fail(BehaviorContext<DryRunState, SourceRefused> context) => FailAll(context, context.Message.Failure);

    public Task Wait(BehaviorContext<DryRunState, SourceDeferred> context)
    {
        var saga = context.Saga;
        if (backoff.RecordFailure(saga, backoff.InLocalTime(context, context.Message.Failure), isSource: true) is not { } next)
        {
            return FailAll(context, saga.Failure);
        }

        saga.Outstanding = null;
        saga.WaitingUntil = next;
        SetWakeUp(saga, next);
        return Report(context, []);
    }

    public async Task RereadSource(BehaviorContext<DryRunState, WakeDryRun> context)
    {
        var saga = context.Saga;
        if (IsLate(context))
        {
            await FailAll(context, TooLate(saga.Failure));
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

        stalled.Resent += context.Message.IsRestart ? 0 : 1;
        saga.EventVersion += EventVersions.Leap;
        SetWakeUp(saga, backoff.StallCheck(stalled.Resent));
        await SendRead(context);
    }

    public Task RecordPlan(BehaviorContext<DryRunState, TargetPlanned> context)
    {
        var (saga, plan) = (context.Saga, context.Message.Plan);
        var target = saga.Targets[context.Message.TargetIndex];
        if (target.IsEnded())
        {
            return RepeatPlan(context);
        }

        var isKnown = saga.Targets.Exists(other => other.RepositoryId == plan.RepositoryId);
        target.RepositoryId = plan.RepositoryId;
        return EndTarget(
            context,
            target,
            isKnown ? DryRunTargetStatus.SameAsAnother : DryRunTargetStatus.Checked,
            failure: null,
            isKnown ? null : plan
        );
    }

    /// <summary>Publishes a plan again: its first handler may have died between saving and publishing.</summary>
    public Task RepeatPlan(BehaviorContext<DryRunState, TargetPlanned> context)
    {
        var target = context.Saga.Targets[context.Message.TargetIndex];
        return target.Status == DryRunTargetStatus.Checked ? Report(context, [target], context.Message.Plan) : Task.CompletedTask;
    }

    public Task RefuseTarget(BehaviorContext<DryRunState, TargetPlanRefused> context)
    {
        var (target, failure) = (context.Saga.Targets[context.Message.TargetIndex], context.Message.Failure);
        return target.IsEnded() ? Task.CompletedTask : EndTarget(context, target, StatusOf(failure), failure);
    }

    public Task DeferTarget(BehaviorContext<DryRunState, TargetPlanDeferred> context)
    {
        var (saga, target) = (context.Saga, context.Saga.Targets[context.Message.TargetIndex]);
        if (target.IsEnded())
        {
            return Task.CompletedTask;
        }

        if (backoff.RecordFailure(target, backoff.InLocalTime(context, context.Message.Failure)) is not { } next)
        {
            return EndTarget(context, target, StatusOf(target.Failure!), target.Failure);
        }

        if (next >= saga.Deadline)
        {
            return EndTarget(context, target, DryRunTargetStatus.NotChecked, TooLate(target.Failure));
        }

        target.RetryAt = next;
        SetWakeUp(saga);
        return Report(context, [target]);
    }

    /// <summary>Sends the checks that are due and, after a stall, every unanswered one again; ends at the deadline.</summary>
    public async Task ResendPending(BehaviorContext<DryRunState, WakeDryRun> context)
    {
        var saga = context.Saga;
        if (IsLate(context))
        {
            foreach (var target in saga.Targets.Where(target => !target.IsEnded()))
            {
                (target.Status, target.RetryAt, target.Failure) = (DryRunTargetStatus.NotChecked, null, TooLate(target.Failure));
            }

            await End(context, DryRunStatus.Completed);
            return;
        }

        var (now, isRestart) = (context.Message.IsRestart ? backoff.Now : context.Message.DueAt, context.Message.IsRestart);
        var stalled = isRestart || backoff.IsDue(saga.StallCheckAt, now);
        if (stalled)
        {
            saga.StallChecks += isRestart ? 0 : 1;
            saga.EventVersion += EventVersions.Leap;
            saga.StallCheckAt = backoff.StallCheck(saga.StallChecks);
        }

        var due = saga.Targets.FindAll(target =>
            !target.IsEnded() && (target.RetryAt is { } retryAt ? backoff.IsDue(retryAt, now) : stalled)
        );
        foreach (var target in due)
        {
            target.RetryAt = null;
            await Send(context, target);
        }

        SetWakeUp(saga);
        await Report(context, due);
    }

    /// <summary>
    /// Publishes the end once more: the process that ended the dry run may have died before publishing it, and no other message would cause
    /// it.
    /// </summary>
    public Task RepublishCompletion(BehaviorContext<DryRunState, WakeDryRun> context)
    {
        context.Saga.WakeAt = null;
        context.Saga.EventVersion += EventVersions.Leap;
        return Report(context, context.Saga.Targets);
    }

    async Task Read<T>(BehaviorContext<DryRunState, T> context)
        where T : class
    {
        context.Saga.Outstanding = new() { CommandId = NewId.NextGuid(), CausedBy = context.MessageId };
        context.Saga.WaitingUntil = null;
        SetWakeUp(context.Saga, backoff.StallCheck(0));
        await SendRead(context);
    }

    static Task Send<T>(BehaviorContext<DryRunState, T> context, DryRunTargetState target)
        where T : class => context.Send(EndpointNames.Address(EndpointNames.PlanTarget), context.Saga.PlanTarget(target));

    Task FailAll<T>(BehaviorContext<DryRunState, T> context, Failure? failure)
        where T : class
    {
        context.Saga.Failure = failure;
        foreach (var target in context.Saga.Targets)
        {
            (target.Status, target.Failure) = (DryRunTargetStatus.NotChecked, failure);
        }

        return End(context, DryRunStatus.Failed);
    }

    Task EndTarget<T>(
        BehaviorContext<DryRunState, T> context,
        DryRunTargetState target,
        DryRunTargetStatus status,
        Failure? failure,
        TargetPlan? plan = null
    )
        where T : class
    {
        var saga = context.Saga;
        (target.Status, target.Failure, target.RetryAt) = (status, failure, null);
        (saga.StallCheckAt, saga.StallChecks) = (backoff.StallCheck(0), 0);
        if (saga.Targets.TrueForAll(other => other.IsEnded()))
        {
            return End(context, DryRunStatus.Completed, target, plan);
        }

        SetWakeUp(saga);
        return Report(context, [target], plan);
    }

    Task End<T>(BehaviorContext<DryRunState, T> context, DryRunStatus status, DryRunTargetState? last = null, TargetPlan? plan = null)
        where T : class
    {
        var saga = context.Saga;
        (saga.Status, saga.EndedAt) = (status, backoff.Now);
        (saga.Outstanding, saga.WaitingUntil, saga.WakeAt) = (null, null, backoff.StallCheck(0));
        return Report(context, last is null ? saga.Targets : [last], plan);
    }

    bool IsLate(BehaviorContext<DryRunState, WakeDryRun> context) =>
        backoff.IsDue(context.Saga.Deadline, context.Message.IsRestart ? backoff.Now : context.Message.DueAt);

    static DryRunTargetStatus StatusOf(Failure failure) =>
        failure.Kind == FailureKind.RefusedTarget ? DryRunTargetStatus.Refused : DryRunTargetStatus.NotChecked;

    static Failure TooLate(Failure? last) =>
        (last ?? new() { Kind = FailureKind.Transient, Message = "No worker answered." }) with
        {
            Message = $"Not checked within an hour: {last?.Message ?? "no worker answered."}",
            RetryAt = null,
            Remedy = last?.Remedy ?? "Start the dry run again later.",
        };

    static void SetWakeUp(DryRunState saga, DateTimeOffset? at = null)
    {
        var wake = at ?? saga.StallCheckAt;
        foreach (var retryAt in saga.Targets.Where(target => !target.IsEnded()).Select(target => target.RetryAt))
        {
            wake = retryAt < wake ? retryAt.Value : wake;
        }

        saga.WakeAt = saga.Deadline < wake ? saga.Deadline : wake;
    }

    static Task Report<T>(BehaviorContext<DryRunState, T> context, IReadOnlyList<DryRunTargetState> changed, TargetPlan? plan = null)
        where T : class
    {
        context.Saga.EventVersion++;
        return context.Publish(context.Saga.Progressed(changed, plan));
    }
}
