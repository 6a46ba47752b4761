using System.Globalization;
using System.Text;
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
        { WaitingUntil: { } until } => string.Create(
            CultureInfo.InvariantCulture, $"{target.Done}/{target.Total}, waiting until {until:HH:mm:ss} UTC: {Escape(target.Reason ?? "")}"),
        { Status: RepositoryStatus.Resolving } => "queued",
        { Status: RepositoryStatus.Preparing } => "reading what is there",
        { Status: RepositoryStatus.Copying } => $"{target.Done}/{target.Total}",
        { Status: RepositoryStatus.Completed } => $"all {target.Total} migrated",
        { Status: RepositoryStatus.CompletedWithFailures } => $"{target.Done}/{target.Total}, completed with {target.Rejected} errors",
        { Status: RepositoryStatus.SameAsAnother } => "the same repository as another one above",
        _ => $"failed: {Escape(target.Reason ?? "")}",
    };

    static string Head(SlackNotificationState saga)
    {
        var source = $"*{Escape(saga.Source)}*";
        var (done, total) = (saga.Targets.Sum(t => t.Done), saga.Targets.Sum(t => t.Status == RepositoryStatus.SameAsAnother ? 0 : saga.IssueCount ?? 0));
        return saga.Status switch
        {
            BatchStatus.ReadingSource when saga.WaitingUntil is { } until => string.Create(
                CultureInfo.InvariantCulture, $"{source}: waiting until {until:HH:mm:ss} UTC: {Escape(saga.Reason ?? "")}"),
            BatchStatus.ReadingSource => $"{source}: queued for {saga.TargetCount} repositories",
            BatchStatus.Migrating => $"{source}: {done} of {total} issues are in {saga.TargetCount} repositories",
            BatchStatus.Skipped => $"{source}: skipped, it has no open issues",
            BatchStatus.Failed when saga.Reason is { } reason => $"{source}: failed: {Escape(reason)}",
            _ => $"{source}: ended, {done} of {total} issues are in {saga.TargetCount} repositories",
        };
    }
}
