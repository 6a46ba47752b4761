using System.Globalization;
using System.Text;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;
using Monarch.Redis.Sagas;
using Monarch.Workers.GitHub.Copying.Ledger;
using static Monarch.Workers.Slack.Client.SlackText;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>
/// The summary at the end of a run: the outcome, and every failure with its remedy. A long one is split into several messages.
/// </summary>
sealed class SlackSummary(ILedger ledger)
{
    // Slack truncates a text at 40,000 characters and recommends at most 4,000.
    const int PartLength = 3500;
    const int LineLength = 600;
    const int TitleLength = 200;
    const int HeadLength = 1200;

    /// <returns>The nth part, from 0; null when there is none.</returns>
    public async Task<string?> PartAsync(SlackNotificationState saga, int part, CancellationToken cancellationToken)
    {
        var parts = new List<StringBuilder> { new(Cut(Head(saga), HeadLength)) };
        await foreach (var failure in FailuresAsync(saga, cancellationToken))
        {
            var line = Cut(failure, LineLength);
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
        var count = saga.Targets.Count(t => t.Status != RepositoryStatus.SameAsAnother);
        var (repositories, done) = (Count.Of(count, "repository", "repositories"), saga.Targets.Sum(t => t.Done));
        var failed = saga.Targets.Count(t => t.Status == RepositoryStatus.Failed);
        var errors = failed + saga.Targets.Sum(t => t.Rejected);
        var retried = saga.IsRetried() ? ", after a retry" : "";
        return saga.Status switch
        {
            BatchStatus.Completed => string.Create(
                CultureInfo.InvariantCulture,
                $":white_check_mark: {source}: all {Count.Of(saga.IssueCount ?? 0, "issue")} migrated to {repositories}{retried}"
            ),
            BatchStatus.Cancelled => string.Create(
                CultureInfo.InvariantCulture,
                $":no_entry_sign: {source}: cancelled{saga.Because(InterventionKind.Cancel)}; {Count.Of(done, "issue")} "
                    + $"{(done == 1 ? "is" : "are")} in {repositories} and {(done == 1 ? "stays" : "stay")} there"
            ),
            BatchStatus.Skipped when saga.IsSelection => $":information_source: {source}: skipped, no issue meets the conditions",
            BatchStatus.Skipped => $":information_source: {source}: skipped, it has no open issues",
            BatchStatus.Failed when saga.Reason is { } reason => $":x: {source}: failed: {Escape(Sentences.Of(reason, saga.Remedy))}",
            BatchStatus.Failed => $":x: {source}: failed in all {repositories}{retried}",
            _ => $":warning: {source}: completed with {Count.Of(errors, "error")}; {count - failed} of {repositories} "
                + $"{(count == 1 ? "was" : "were")} filled{retried}",
        };
    }

    async IAsyncEnumerable<string> FailuresAsync(
        SlackNotificationState saga,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (
            var target in saga.Targets.Where(t =>
                t.Status is RepositoryStatus.Failed or RepositoryStatus.CompletedWithFailures or RepositoryStatus.Cancelled
            )
        )
        {
            var state = ProgressText.State(target);
            yield return $"• {Escape(target.Name)}: {(target.Remedy is { } remedy ? Sentences.Of(state, Escape(remedy)) : state)}";
            if (target is { Rejected: > 0, RepositoryId: { } id })
            {
                foreach (var issue in await ledger.GetRejectedAsync(new(saga.SourceRepositoryId, id, target.PassId), cancellationToken))
                {
                    yield return $"    #{issue.Number} {Cut(Escape(issue.Title), TitleLength)}: {Escape(issue.Failure.InWords())}";
                }
            }
        }

        foreach (var target in saga.Targets.Where(t => t.RepositoryId is not null && t.Status != RepositoryStatus.SameAsAnother))
        {
            foreach (
                var note in NoteWording.Lines(
                    await ledger.GetNotesAsync(new(saga.SourceRepositoryId, target.RepositoryId!.Value, target.PassId), cancellationToken)
                )
            )
            {
                yield return $"• {Escape(target.Name)}: {Escape(note)}";
            }
        }
    }
}
