using System.Globalization;
using System.Text;
using Monarch.Contracts.Migrations;
using Monarch.Redis;
using Monarch.Workers.GitHub.Ledgers;
using static Monarch.Workers.Slack.Client.SlackText;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>What Slack is told at the end: how it went, and every failure with its remedy. Long ones come in several messages.</summary>
sealed class SlackSummary(ILedger ledger)
{
    // Slack cuts a text at 40,000 characters and advises to stay within 4,000.
    const int PartLength = 3500;
    const int LineLength = 600;

    /// <returns>The nth part, from 0; null when there is none.</returns>
    public async Task<string?> PartAsync(SlackNotificationState saga, int part, CancellationToken cancellationToken)
    {
        var parts = new List<StringBuilder> { new(Head(saga)) };
        await foreach (var failure in FailuresAsync(saga, cancellationToken))
        {
            var line = failure.Length > LineLength ? $"{failure.AsSpan(0, LineLength)}…" : failure;
            if (parts[^1].Length + line.Length > PartLength)
            {
                parts.Add(new StringBuilder($"*{Escape(saga.Source)}*, continued:"));
            }

            parts[^1].Append('\n').Append(line);
        }

        if (TraceParent.TraceId(saga.TraceParent) is { } trace)
        {
            parts[^1].Append(CultureInfo.InvariantCulture, $"\nTrace {trace}");
        }

        return part < parts.Count ? parts[part].ToString() : null;
    }

    static string Head(SlackNotificationState saga)
    {
        var source = $"*{Escape(saga.Source)}*";
        var repositories = saga.Targets.Count(t => t.Status != RepositoryStatus.SameAsAnother);
        var failed = saga.Targets.Count(t => t.Status == RepositoryStatus.Failed);
        var errors = failed + saga.Targets.Sum(t => t.Rejected);
        var again = saga.IsTriedAgain() ? ", after another try" : "";
        return saga.Status switch
        {
            BatchStatus.Completed => string.Create(
                CultureInfo.InvariantCulture, $":white_check_mark: {source}: all {saga.IssueCount} issues migrated to {repositories} repositories{again}"),
            BatchStatus.Cancelled => string.Create(
                CultureInfo.InvariantCulture,
                $":no_entry_sign: {source}: cancelled{saga.Because(InterventionKind.Cancel)}; {saga.Targets.Sum(t => t.Done)} issues are in {repositories} repositories and stay there"),
            BatchStatus.Skipped => $":information_source: {source}: skipped, it has no open issues",
            BatchStatus.Failed when saga.Reason is { } reason =>
                $":x: {source}: failed: {Escape(reason)}{(saga.Remedy is { } remedy ? " " + Escape(remedy) : "")}",
            BatchStatus.Failed => $":x: {source}: failed in all {repositories} repositories{again}",
            _ => $":warning: {source}: completed with {errors} errors; {repositories - failed} of {repositories} repositories were filled{again}",
        };
    }

    async IAsyncEnumerable<string> FailuresAsync(
        SlackNotificationState saga, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var target in saga.Targets.Where(t => t.Status is RepositoryStatus.Failed or RepositoryStatus.CompletedWithFailures or RepositoryStatus.Cancelled))
        {
            yield return $"• {Escape(target.Name)}: {ProgressText.State(target)}{(target.Remedy is { } remedy ? " " + Escape(remedy) : "")}";
            if (target is { Rejected: > 0, RepositoryId: { } id })
            {
                foreach (var issue in await ledger.GetRejectedAsync(new(saga.SourceRepositoryId, id, target.WalkId), cancellationToken))
                {
                    yield return $"    #{issue.Number} {Escape(issue.Title)}: {Escape(issue.Failure.Message)} {Escape(issue.Failure.Remedy ?? "")}".TrimEnd();
                }
            }
        }
    }
}
