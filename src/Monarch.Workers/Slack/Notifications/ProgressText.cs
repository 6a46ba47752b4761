using System.Globalization;
using System.Text;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using static Monarch.Workers.Slack.Client.SlackText;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>The message that is kept up to date.</summary>
static class ProgressText
{
    const int TargetsShown = 25;

    public static string Of(SlackNotificationState saga)
    {
        var text = new StringBuilder(Head(saga));
        if (TokenRefusal(saga) is { } refusal)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n:key: {Escape(refusal)}");
        }

        // Those that need an eye come first: waiting and running, then failed, then done.
        var targets = saga.Targets.OrderBy(t => t.IsEnded() ? (t.Status == RepositoryStatus.Completed ? 2 : 1) : 0).ThenBy(t => t.Index).ToList();
        foreach (var target in targets.Take(TargetsShown))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n• {Escape(target.Name)}: {State(target)}");
        }

        if (targets.Count > TargetsShown)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n… and {targets.Count - TargetsShown} more");
        }

        return text.ToString();
    }

    /// <summary>A target's state in a few words, the same in every message.</summary>
    public static string State(NotifiedTarget target) => target switch
    {
        { IsPaused: true } => target.Total > 0 ? $"{target.Done}/{target.Total}, paused" : "paused",
        { WaitingUntil: not null, FailureKind: FailureKind.Unauthorised } => $"{target.Done}/{target.Total}, waiting for a valid token",
        { WaitingUntil: { } until } => string.Create(
            CultureInfo.InvariantCulture, $"{target.Done}/{target.Total}, waiting until {until:HH:mm:ss} UTC: {Escape(target.Reason ?? "")}"),
        { Status: RepositoryStatus.Resolving } => "queued",
        { Status: RepositoryStatus.Preparing } => "reading what is there",
        { Status: RepositoryStatus.Copying } => $"{target.Done}/{target.Total}",
        { Status: RepositoryStatus.Completed } => $"all {target.Total} migrated",
        { Status: RepositoryStatus.CompletedWithFailures } => $"{target.Done}/{target.Total}, completed with {target.Rejected} errors",
        { Status: RepositoryStatus.Cancelled } => target.Total > 0 ? $"cancelled, {target.Done} of {target.Total} are there" : "cancelled",
        { Status: RepositoryStatus.SameAsAnother } => "the same repository as another one above",
        _ => $"failed: {Escape(target.Reason ?? "")}",
    };

    /// <summary>The reason of the latest intervention of a kind, to be said after its name.</summary>
    public static string Because(this SlackNotificationState saga, InterventionKind kind) =>
        saga.Interventions.FindLast(x => x.Kind == kind)?.Reason is { } reason ? $": {Escape(reason)}" : "";

    static string Head(SlackNotificationState saga)
    {
        var source = $"*{Escape(saga.Source)}*";
        var (done, total) = (saga.Targets.Sum(t => t.Done), saga.Targets.Sum(t => t.Status == RepositoryStatus.SameAsAnother ? 0 : saga.IssueCount ?? 0));
        var figures = $"{done} of {total} issues are in {saga.TargetCount} repositories";
        // Before the source is read there is nothing to count.
        var andFigures = saga.IssueCount is null ? "" : $"; {figures}";
        return saga.Status switch
        {
            BatchStatus.Cancelled => $"{source}: cancelled{saga.Because(InterventionKind.Cancel)}{andFigures}",
            < BatchStatus.Completed when saga.IsPaused => $"{source}: paused{saga.Because(InterventionKind.Pause)}{andFigures}",
            BatchStatus.ReadingSource when saga is { WaitingUntil: not null, FailureKind: FailureKind.Unauthorised } => $"{source}: waiting for a valid token",
            BatchStatus.ReadingSource when saga.WaitingUntil is { } until => string.Create(
                CultureInfo.InvariantCulture, $"{source}: waiting until {until:HH:mm:ss} UTC: {Escape(saga.Reason ?? "")}"),
            < BatchStatus.Completed when saga.IsTriedAgain() => $"{source}: tried again{saga.Because(InterventionKind.Retry)}{andFigures}",
            BatchStatus.ReadingSource => $"{source}: queued for {saga.TargetCount} repositories",
            BatchStatus.Migrating => $"{source}: {figures}",
            BatchStatus.Skipped => $"{source}: skipped, it has no open issues",
            BatchStatus.Failed when saga.Reason is { } reason => $"{source}: failed: {Escape(reason)}",
            _ => $"{source}: ended, {figures}",
        };
    }

    // One credential serves all, so the first that waits for it speaks for the others.
    static string? TokenRefusal(SlackNotificationState saga)
    {
        if (saga is { WaitingUntil: not null, FailureKind: FailureKind.Unauthorised })
        {
            return $"{saga.Reason} {saga.Remedy}";
        }

        return saga.Targets.Find(t => t is { WaitingUntil: not null, FailureKind: FailureKind.Unauthorised }) is { } target
            ? $"{target.Reason} {target.Remedy}"
            : null;
    }
}
