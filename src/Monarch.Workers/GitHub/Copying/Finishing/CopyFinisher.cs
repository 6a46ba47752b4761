using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying.Finishing;

/// <summary>
/// The second pass: completes one slice of copies with what needs other copies to exist. Every step compares before it changes, so a slice
/// may be repeated, also by two workers at once.
/// </summary>
sealed class CopyFinisher(
    GitHubClients gitHubs,
    ILedger ledger,
    ISnapshots snapshots,
    IssueComposer composer,
    TextFinisher text,
    RelationFinisher relations,
    IOptions<SliceOptions> options,
    TimeProvider time,
    ILogger<CopyFinisher> logger
)
{
    /// <exception cref="GitHubException">The slice's first issue failed; a later failure ends the slice.</exception>
    public async Task<FinishOutcome> FinishAsync(FinishIssues command, CancellationToken cancellationToken)
    {
        var slice = await snapshots.ReadAsync(command.SnapshotId, command.From, options.Value.SliceIssues, cancellationToken);
        if (slice is null)
        {
            return new FinishOutcome.SnapshotLost();
        }

        var key = new LedgerKey(command.SourceRepositoryId, command.TargetRepositoryId, command.PassId);
        var place = new IssuePlace(key, command.SourceFullName, command.TargetFullName);
        var references = slice.ToDictionary(issue => issue.Number, issue => IssueReferences.Of(issue, place.SourceFullName));
        var numbers = slice.SelectMany(issue => Related(issue).Concat(references[issue.Number])).Distinct().ToArray();
        var copies = await ledger.GetCreatedAsync(key, numbers, cancellationToken);
        // After the look at the entries: what is missing then had no copy.
        if (!await ledger.IsReadAsync(key, cancellationToken))
        {
            return new FinishOutcome.TargetUnread();
        }

        if (await composer.FindFieldsAsync(key, command.SnapshotId, slice, command.Copy, cancellationToken) is not { } fields)
        {
            return new FinishOutcome.TargetUnread();
        }

        var updates = command.Copy?.Update == true;
        var (began, finished) = (time.GetTimestamp(), 0);
        GitHubClient? gitHub = null;
        foreach (var issue in slice)
        {
            var changesText = updates || issue.IsClosed || references[issue.Number].Count > 0;
            if (copies.TryGetValue(issue.Number, out var number) && (changesText || issue.HasRelations))
            {
                if (finished > 0 && time.GetElapsedTime(began) >= options.Value.SliceTime)
                {
                    break;
                }

                try
                {
                    gitHub ??= await gitHubs.ForTargetAsync(command.TargetRepositoryId, command.TargetFullName, cancellationToken);
                    var notes = await FinishAsync(gitHub, place, command.Copy, fields, issue, changesText, number, copies, cancellationToken);
                    await ledger.AddNotesAsync(key, notes, cancellationToken);
                }
                catch (GitHubException e) when (finished > 0)
                {
                    if (!e.Failure.IsSelfThrottled())
                    {
                        logger.CopyUnfinished(issue.Number, command.SourceFullName, command.TargetFullName, e.Failure.Message);
                    }

                    return new FinishOutcome.Finished(finished, e.Failure);
                }
            }

            finished++;
        }

        return new FinishOutcome.Finished(finished, null);
    }

    async Task<IReadOnlyList<IssueNote>> FinishAsync(
        GitHubClient gitHub,
        IssuePlace place,
        CopyOptions? options,
        TargetFields fields,
        SnapshotIssue issue,
        bool changesText,
        int number,
        IReadOnlyDictionary<int, int> copies,
        CancellationToken cancellationToken
    )
    {
        var notes = new Notes(issue.Number);
        var tasks = await relations.FinishAsync(gitHub, place, issue, number, copies, notes, cancellationToken);
        if (changesText || tasks.Count > 0)
        {
            await text.FinishAsync(gitHub, place, options, fields, issue, number, copies, tasks, notes, cancellationToken);
        }

        return notes.All;
    }

    static IEnumerable<int> Related(SnapshotIssue issue) =>
        [
            issue.Number,
            .. issue.SubIssues ?? [],
            .. issue.BlockedBy ?? [],
            .. issue.Parent is { } parent ? [parent] : Array.Empty<int>(),
        ];
}
