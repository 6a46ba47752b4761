using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Outages;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying.Finishing;

/// <summary>
/// The second pass: completes one slice of copies with what needs other copies to exist. Every step compares before it changes, so a slice
/// may be repeated, also by two workers at once. A copy that was finished with the same copies is left alone, so that a later migration does
/// not undo what people changed.
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
        int[] related = [.. slice.SelectMany(issue => Related(issue, place)).Distinct()];
        var copies = await ledger.GetCreatedAsync(key, related, cancellationToken);
        // After the look at the entries: what is missing then had no copy.
        if (
            !await ledger.IsReadAsync(key, cancellationToken)
            || await composer.FindFieldsAsync(key, command.SnapshotId, slice, command.Copy, cancellationToken) is not { } fields
        )
        {
            return new FinishOutcome.TargetUnread();
        }

        var known = await ledger.GetFinishedAsync(key, [.. slice.Select(issue => issue.Number)], cancellationToken);
        var (began, finished) = (time.GetTimestamp(), 0);
        foreach (var issue in slice)
        {
            var content = ContentOf(issue, place, copies);
            var isNeeded =
                copies.ContainsKey(issue.Number)
                && (command.Copy?.Update == true || (content is not null && known.GetValueOrDefault(issue.Number) != content));
            if (isNeeded && finished > 0 && time.GetElapsedTime(began) >= options.Value.SliceTime)
            {
                break;
            }

            try
            {
                if (isNeeded)
                {
                    var isFirst = !known.ContainsKey(issue.Number);
                    await FinishAsync(new(command, place, fields, copies, issue, isFirst), content ?? "", cancellationToken);
                }
            }
            catch (GitHubException e) when (finished > 0)
            {
                if (!e.Failure.IsSelfThrottled())
                {
                    logger.CopyUnfinished(issue.Number, command.SourceFullName, command.TargetFullName, e.Failure.Message);
                }

                return new FinishOutcome.Finished(finished, e.Failure);
            }

            finished++;
        }

        return new FinishOutcome.Finished(finished, null);
    }

    async Task FinishAsync(UnfinishedCopy unfinished, string content, CancellationToken cancellationToken)
    {
        var (command, place, issue) = (unfinished.Command, unfinished.Place, unfinished.Issue);
        var notes = new Notes(issue.Number);
        try
        {
            var gitHub = await gitHubs.ForTargetAsync(command.TargetRepositoryId, command.TargetFullName, cancellationToken);
            var copy = await gitHub.GetKnownIssueAsync(unfinished.TargetId, unfinished.Number, cancellationToken);
            var tasks = await relations.FinishAsync(gitHub, unfinished, copy, notes, cancellationToken);
            await text.FinishAsync(gitHub, unfinished, copy, tasks, notes, cancellationToken);
        }
        catch (GitHubException e) when (e.IsGone)
        {
            notes.Add(NoteKind.Dropped, "copy", "It was deleted from the target, or transferred.");
        }
        catch (Exception e) when (IsBug(e, cancellationToken))
        {
            logger.CopyHitABug(e, issue.Number, command.SourceFullName, command.TargetFullName);
            notes.Add(
                NoteKind.Dropped,
                "text, relations",
                $"An unforeseen error: {e.GetType().Name}: {e.Message} This is a bug: please report it."
            );
        }

        await ledger.AddNotesAsync(place.Key, notes.All, cancellationToken);
        if (notes.All.Count == 0)
        {
            await ledger.SetFinishedAsync(place.Key, issue.Number, content, cancellationToken);
        }
    }

    static bool IsBug(Exception exception, CancellationToken cancellationToken) =>
        exception switch
        {
            GitHubException or RedisUnavailableException => false,
            OperationCanceledException => !cancellationToken.IsCancellationRequested,
            _ => true,
        };

    /// <summary>
    /// What a copy is finished with: the numbers of the copies that it needs, and whether it is closed. Null when there is nothing to finish.
    /// </summary>
    static string? ContentOf(SnapshotIssue issue, IssuePlace place, IReadOnlyDictionary<int, int> copies)
    {
        var references = IssueReferences.Of(issue, place.SourceFullName);
        if (references.Count == 0 && !issue.HasRelations && !issue.IsClosed)
        {
            return null;
        }

        var parts = new[] { references, issue.SubIssues ?? [], issue.BlockedBy ?? [], issue.Parent is { } parent ? [parent] : [] };
        var text =
            $"{copies.GetValueOrDefault(issue.Number)} {issue.IsClosed} {string.Join(' ', issue.Elsewhere ?? [])} "
            + string.Join(
                ';',
                parts.Select(numbers => string.Join(',', numbers.Select(number => $"{number}:{copies.GetValueOrDefault(number)}")))
            );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
    }

    static IEnumerable<int> Related(SnapshotIssue issue, IssuePlace place) =>
        [
            issue.Number,
            .. IssueReferences.Of(issue, place.SourceFullName),
            .. issue.SubIssues ?? [],
            .. issue.BlockedBy ?? [],
            .. issue.Parent is { } parent ? [parent] : Array.Empty<int>(),
        ];
}

/// <summary>A copy that is to be finished.</summary>
/// <param name="Command">The command.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Fields">What the target offers.</param>
/// <param name="Copies">The copies of the issues that it is related to, by their numbers in the source.</param>
/// <param name="Issue">The issue of the source.</param>
/// <param name="IsFirst">Whether it was never finished before.</param>
sealed record UnfinishedCopy(
    FinishIssues Command,
    IssuePlace Place,
    TargetFields Fields,
    IReadOnlyDictionary<int, int> Copies,
    SnapshotIssue Issue,
    bool IsFirst
)
{
    /// <summary>Its number in the target.</summary>
    public int Number => Copies[Issue.Number];

    /// <summary>The target, by GitHub's numeric id.</summary>
    public long TargetId => Place.Key.TargetRepositoryId;
}
