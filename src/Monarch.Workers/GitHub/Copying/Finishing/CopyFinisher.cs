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
    CommentFinisher comments,
    ClosedFinisher closed,
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

        if (command.From == 0)
        {
            await closed.FinishAsync(command, place, cancellationToken);
        }

        var known = await ledger.GetFinishedAsync(key, [.. slice.Select(issue => issue.Number)], cancellationToken);
        var (began, finished) = (time.GetTimestamp(), 0);
        foreach (var issue in slice)
        {
            if (!copies.ContainsKey(issue.Number))
            {
                finished++;
                continue;
            }

            var content = ContentOf(issue, place, copies);
            var unfinished = new UnfinishedCopy(command, place, fields, copies, issue)
            {
                IsFirst = !known.ContainsKey(issue.Number),
                IsChanged = command.Copy?.Update == true || (content is not null && known.GetValueOrDefault(issue.Number) != content),
                Comments = await FindCommentsAsync(command, issue, place, copies, cancellationToken),
            };
            var isNeeded = unfinished.IsChanged || Missing(unfinished).Count > 0;
            if (isNeeded && finished > 0 && time.GetElapsedTime(began) >= options.Value.SliceTime)
            {
                break;
            }

            try
            {
                if (isNeeded)
                {
                    await FinishAsync(unfinished, content ?? "", cancellationToken);
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
            if (unfinished.IsChanged)
            {
                var tasks = await relations.FinishAsync(gitHub, unfinished, copy, notes, cancellationToken);
                unfinished = unfinished with { Tasks = tasks };
                await text.FinishAsync(gitHub, unfinished, copy, notes, cancellationToken);
                // Before the comments, which may have to wait: this part is not repeated then.
                await ledger.AddNotesAsync(place.Key, notes.All, cancellationToken);
                if (notes.All.All(note => note.Field == TextFinisher.Continued))
                {
                    await ledger.SetFinishedAsync(place.Key, issue.Number, content, cancellationToken);
                }
            }

            await comments.AddAsync(gitHub, unfinished, Missing(unfinished), notes, cancellationToken);
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
    }

    async Task<CommentState> FindCommentsAsync(
        FinishIssues command,
        SnapshotIssue issue,
        IssuePlace place,
        IReadOnlyDictionary<int, int> copies,
        CancellationToken cancellationToken
    )
    {
        var wanted = composer.Comments(issue, place, composer.Rules(command.Copy), copies);
        return wanted.Count == 0
            ? new([], new HashSet<long>())
            : new(wanted, await comments.KnownAsync(place, issue.Number, cancellationToken));
    }

    IReadOnlyList<CopiedComment> Missing(UnfinishedCopy unfinished)
    {
        var wanted =
            unfinished.Tasks.Count == 0
                ? unfinished.Comments.Wanted
                : composer.Comments(
                    unfinished.Issue,
                    unfinished.Place,
                    composer.Rules(unfinished.Command.Copy),
                    unfinished.Copies,
                    unfinished.Tasks
                );
        return [.. wanted.Where(comment => !unfinished.Comments.Known.Contains(comment.Key.Number))];
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
            .. IssueReferences.OfComments(issue, place.SourceFullName),
        ];
}

/// <summary>A copy that is to be finished.</summary>
/// <param name="Command">The command.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Fields">What the target offers.</param>
/// <param name="Copies">The copies of the issues that it is related to, by their numbers in the source.</param>
/// <param name="Issue">The issue of the source.</param>
sealed record UnfinishedCopy(
    FinishIssues Command,
    IssuePlace Place,
    TargetFields Fields,
    IReadOnlyDictionary<int, int> Copies,
    SnapshotIssue Issue
)
{
    /// <summary>Whether it was never finished before.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether more than comments may be missing.</summary>
    public bool IsChanged { get; init; }

    /// <summary>Its comments.</summary>
    public required CommentState Comments { get; init; }

    /// <summary>Sub-issues that the target cannot have, by the numbers of their copies.</summary>
    public IReadOnlyList<int> Tasks { get; init; } = [];

    /// <summary>Its number in the target.</summary>
    public int Number => Copies[Issue.Number];

    /// <summary>The target, by GitHub's numeric id.</summary>
    public long TargetId => Place.Key.TargetRepositoryId;
}

/// <summary>The comments of a copy.</summary>
/// <param name="Wanted">The comments that it is to have, in their order.</param>
/// <param name="Known">The comments that are known to exist, by <see cref="Markdown.CommentKey.Number"/>.</param>
sealed record CommentState(IReadOnlyList<CopiedComment> Wanted, IReadOnlySet<long> Known)
{
    /// <summary>Whether the text of the issue continues in a comment that exists.</summary>
    public bool HasContinuation => Wanted.Any(comment => comment.Key.Id == 0 && Known.Contains(comment.Key.Number));
}
