using System.Globalization;
using System.Text;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;
using static Monarch.Workers.Slack.Client.SlackText;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>The message that is kept up to date. It never exceeds the limit of <c>chat.update</c>.</summary>
static class ProgressText
{
    const int TargetsShown = 25;
    const int LongestReason = 300;
    const int LongestRefusal = 600;
    const int WarningsShown = 3;

    // "… and 500 more".
    const int RestLength = 20;

    public static string Of(SlackNotificationState saga)
    {
        var limit = saga.TextLimit > 0 ? Math.Min(saga.TextLimit, LongestText) : LongestText;
        var text = new StringBuilder(Head(saga));
        if (TokenRefusal(saga) is { } refusal)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n:key: {Cut(Escape(refusal), LongestRefusal)}");
        }

        foreach (var warning in Warnings(saga).Take(WarningsShown))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n:warning: {warning}");
        }

        // The targets that need attention come first: waiting and running, then failed, then done.
        var targets = saga
            .Targets.OrderBy(t => t.IsEnded() ? (t.Status == RepositoryStatus.Completed ? 2 : 1) : 0)
            .ThenBy(t => t.Index)
            .ToList();
        var shown = 0;
        foreach (var part in targets.GroupBy(SharedState).SelectMany(Parts))
        {
            if (shown + part.Targets > TargetsShown || text.Length + part.Text.Length > limit - RestLength)
            {
                break;
            }

            text.Append(part.Text);
            shown += part.Targets;
        }

        if (targets.Count > shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n… and {targets.Count - shown} more");
        }

        return Cut(text.ToString(), limit);
    }

    /// <summary>A target's state in a few words, the same in every message.</summary>
    public static string State(NotifiedTarget target) =>
        ProgressWording.Of(target.Status, target.IsPaused, Waiting(target), target.Done, target.Total)
        ?? target.Status switch
        {
            RepositoryStatus.Completed => $"all {target.Total} migrated",
            RepositoryStatus.CompletedWithFailures => $"{target.Done}/{target.Total}, completed with {Count.Of(target.Rejected, "error")}",
            RepositoryStatus.Cancelled => target.Total > 0 ? $"cancelled, {target.Done} of {target.Total} migrated" : "cancelled",
            RepositoryStatus.SameAsAnother => "the same repository as another one above",
            _ => $"failed: {Reason(target.Reason)}",
        };

    /// <summary>The reason of the latest intervention of a kind, with a colon before it; empty without one.</summary>
    public static string Because(this SlackNotificationState saga, InterventionKind kind) =>
        saga.Interventions.FindLast(x => x.Kind == kind)?.Reason is { } reason ? $": {Reason(reason)}" : "";

    // Targets that wait or fail for the same reason are grouped, so that the reason stands once.
    static (bool IsWaiting, string? Reason, int Index) SharedState(NotifiedTarget target) =>
        target switch
        {
            { IsPaused: false, WaitingUntil: not null, Reason: { } reason } when target.FailureKind != FailureKind.Unauthorised => (
                true,
                reason,
                -1
            ),
            { IsPaused: false, WaitingUntil: null, Status: RepositoryStatus.Failed, Reason: { } reason } => (false, reason, -1),
            _ => (false, null, target.Index),
        };

    static IEnumerable<(string Text, int Targets)> Parts(IEnumerable<NotifiedTarget> group)
    {
        var targets = group.ToList();
        if (targets is [var single])
        {
            yield return ($"\n• {Escape(single.Name)}: {State(single)}", 1);
            yield break;
        }

        var first = targets[0];
        var isWaiting = first.WaitingUntil is not null;
        var state = isWaiting ? Waiting(targets.Min(t => t.WaitingUntil)!.Value, first.Reason) : $"failed: {Reason(first.Reason)}";
        yield return ($"\n• {Count.Of(targets.Count, "repository", "repositories")}, {state}", 0);
        foreach (var target in targets)
        {
            var figures = isWaiting ? $" {target.Done}/{target.Total}" : "";
            yield return ($"{(target == first ? "\n    " : ", ")}{Escape(target.Name)}{figures}", 1);
        }
    }

    static string? Waiting(NotifiedTarget target) =>
        target switch
        {
            { WaitingUntil: null } => null,
            { FailureKind: FailureKind.Unauthorised } => "waiting for a valid token",
            { WaitingUntil: { } until } => Waiting(until, target.Reason),
        };

    static string Waiting(DateTimeOffset until, string? reason) => ProgressWording.Waiting(until, Reason(reason));

    static string Reason(string? reason) => Cut(Escape(reason ?? ""), LongestReason);

    static string Head(SlackNotificationState saga)
    {
        var source = $"*{Escape(saga.Source)}*";
        var repositories = Count.Of(saga.TargetCount, "repository", "repositories");
        var done = saga.Targets.Sum(t => t.Done);
        var total = saga.Targets.Sum(t => t.Status == RepositoryStatus.SameAsAnother ? 0 : saga.IssueCount ?? 0);
        var figures = $"{done} of {Count.Of(total, "issue")} {(total == 1 ? "is" : "are")} in {repositories}";
        // The counts are unknown until the source is read.
        var andFigures = saga.IssueCount is null ? "" : $"; {figures}";
        return saga.Status switch
        {
            BatchStatus.Cancelled => $"{source}: cancelled{saga.Because(InterventionKind.Cancel)}{andFigures}",
            < BatchStatus.Completed when saga.IsPaused => $"{source}: paused{saga.Because(InterventionKind.Pause)}{andFigures}",
            BatchStatus.ReadingSource when saga is { WaitingUntil: not null, FailureKind: FailureKind.Unauthorised } =>
                $"{source}: waiting for a valid token",
            BatchStatus.ReadingSource when saga.WaitingUntil is { } until => $"{source}: {Waiting(until, saga.Reason)}",
            < BatchStatus.Completed when saga.IsRetried() => $"{source}: retried{saga.Because(InterventionKind.Retry)}{andFigures}",
            BatchStatus.ReadingSource => $"{source}: queued for {repositories}",
            BatchStatus.Migrating => $"{source}: {figures}",
            BatchStatus.Skipped => $"{source}: skipped, it has no open issues",
            BatchStatus.Failed when saga.Reason is { } reason => $"{source}: failed: {Reason(reason)}",
            _ => $"{source}: ended, {figures}",
        };
    }

    // At the end the summary names them.
    static IEnumerable<string> Warnings(SlackNotificationState saga) =>
        from target in saga.Targets
        where target.Warning is not null && saga.Status < BatchStatus.Completed
        group target by target.Warning into same
        let targets = same.Count() == 1 ? Escape(same.First().Name) : Count.Of(same.Count(), "repository", "repositories")
        select $"{targets}: {Cut(Escape(same.Key), LongestRefusal)}";

    // All targets share one credential, so the first one that waits for it stands for the others.
    static string? TokenRefusal(SlackNotificationState saga)
    {
        if (saga is { WaitingUntil: not null, FailureKind: FailureKind.Unauthorised })
        {
            return Sentences.Of(saga.Reason, saga.Remedy);
        }

        return saga.Targets.Find(t => t is { WaitingUntil: not null, FailureKind: FailureKind.Unauthorised }) is { } target
            ? Sentences.Of(target.Reason, target.Remedy)
            : null;
    }
}
