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
using Monarch.Workers.GitHub.Markdown;
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
            var unfinished = await FindWorkAsync(command, place, fields, copies, issue, known, cancellationToken);
            if (unfinished is not null && finished > 0 && time.GetElapsedTime(began) >= options.Value.SliceTime)
            {
                break;
            }

            try
            {
                if (unfinished is not null)
                {
                    await FinishAsync(unfinished with { IsLastTry = command.IsLastTry && finished == 0 }, cancellationToken);
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

    /// <returns>Null when there is no copy, or when it lacks nothing.</returns>
    async Task<UnfinishedCopy?> FindWorkAsync(
        FinishIssues command,
        IssuePlace place,
        TargetFields fields,
        IReadOnlyDictionary<int, int> copies,
        SnapshotIssue issue,
        IReadOnlyDictionary<int, string> finished,
        CancellationToken cancellationToken
    )
    {
        if (!copies.TryGetValue(issue.Number, out var number))
        {
            return null;
        }

        try
        {
            var wanted = composer.Comments(issue, place, composer.Rules(command.Copy), copies);
            var content = ContentOf(issue, place, copies, wanted);
            var isChanged = command.Copy?.Update == true || (content is not null && finished.GetValueOrDefault(issue.Number) != content);
            var isComplete = wanted.Count == 0 || Missing(wanted, await comments.KnownAsync(place, number, cancellationToken)).Count == 0;
            return isComplete && !isChanged
                ? null
                : new(command, place, fields, copies, issue)
                {
                    IsFirst = !finished.ContainsKey(issue.Number),
                    IsChanged = isChanged,
                    Content = content ?? "",
                    Comments = wanted,
                };
        }
        catch (Exception e) when (IsBug(e, cancellationToken))
        {
            var notes = new Notes(issue.Number);
            AddBug(command, notes, issue, e);
            await ledger.AddNotesAsync(place.Key, notes.All, cancellationToken);
            return null;
        }
    }

    async Task FinishAsync(UnfinishedCopy unfinished, CancellationToken cancellationToken)
    {
        var (command, place, issue) = (unfinished.Command, unfinished.Place, unfinished.Issue);
        var notes = new Notes(issue.Number);
        try
        {
            var gitHub = await gitHubs.ForTargetAsync(command.TargetRepositoryId, command.TargetFullName, cancellationToken);
            var copy = await gitHub.GetKnownIssueAsync(unfinished.TargetId, unfinished.Number, cancellationToken);
            if (unfinished.Comments.Any(comment => comment.IsContinuation) || BodyParts.Continues(copy.Body))
            {
                var known = await comments.ReadAsync(gitHub, unfinished, cancellationToken);
                unfinished = unfinished with { HasContinuation = known.Any(CommentKey.IsContinuation) };
            }

            if (unfinished.IsChanged)
            {
                unfinished = unfinished with { Tasks = await relations.FinishAsync(gitHub, unfinished, copy, notes, cancellationToken) };
                copy = await text.FinishAsync(gitHub, unfinished, copy, notes, cancellationToken);
                // Before the comments, which may have to wait: this part is not repeated then.
                await ledger.AddNotesAsync(place.Key, notes.All, cancellationToken);
                if (notes.All.All(note => note.Field == TextFinisher.Continued))
                {
                    await ledger.SetFinishedAsync(place.Key, issue.Number, unfinished.Content, cancellationToken);
                }
            }

            await AddCommentsAsync(gitHub, unfinished, copy, notes, cancellationToken);
        }
        catch (GitHubException e) when (e.IsGone)
        {
            notes.Add(NoteKind.Dropped, "copy", "It was deleted from the target, or transferred.");
        }
        catch (Exception e) when (IsBug(e, cancellationToken))
        {
            AddBug(command, notes, issue, e);
        }

        await ledger.AddNotesAsync(place.Key, notes.All, cancellationToken);
    }

    async Task AddCommentsAsync(
        GitHubClient gitHub,
        UnfinishedCopy unfinished,
        Issue copy,
        Notes notes,
        CancellationToken cancellationToken
    )
    {
        var (issue, place, rules) = (unfinished.Issue, unfinished.Place, composer.Rules(unfinished.Command.Copy));
        var wanted =
            unfinished.Tasks.Count == 0 ? unfinished.Comments : composer.Comments(issue, place, rules, unfinished.Copies, unfinished.Tasks);
        var missing = Missing(wanted, await comments.KnownAsync(place, unfinished.Number, cancellationToken));
        if (missing.Any(comment => comment.IsContinuation))
        {
            // A text can be divided in one way only: the rest of another version would repeat or lack a piece.
            var beginning = composer.Text(issue, place, rules, TextDigest.FieldsOf([], null), unfinished.Copies, unfinished.Tasks).Bodies[
                0
            ];
            if (!TextDigest.IsSameText(copy.Body, beginning))
            {
                notes.Add(
                    NoteKind.Dropped,
                    "text",
                    "It continues in comments, and the rest is not added: the copy was edited, or its text is that of another version of the issue."
                );
                missing = [.. missing.Where(comment => !comment.IsContinuation)];
            }
        }

        await comments.AddAsync(gitHub, unfinished, missing, notes, cancellationToken);
    }

    static IReadOnlyList<CopiedComment> Missing(IReadOnlyList<CopiedComment> wanted, IReadOnlySet<long> known) =>
        [.. wanted.Where(comment => !known.Contains(comment.Key.Number))];

    void AddBug(FinishIssues command, Notes notes, SnapshotIssue issue, Exception exception)
    {
        logger.CopyHitABug(exception, issue.Number, command.SourceFullName, command.TargetFullName);
        notes.Add(
            NoteKind.Dropped,
            "text, relations",
            $"An unforeseen error: {exception.GetType().Name}: {exception.Message} This is a bug: please report it."
        );
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
    static string? ContentOf(
        SnapshotIssue issue,
        IssuePlace place,
        IReadOnlyDictionary<int, int> copies,
        IReadOnlyList<CopiedComment> comments
    )
    {
        var references = IssueReferences.Of(issue, place.SourceFullName);
        var parts = comments.Count(comment => comment.IsContinuation);
        if (references.Count == 0 && !issue.HasRelations && !issue.IsClosed && parts == 0)
        {
            return null;
        }

        var related = new[] { references, issue.SubIssues ?? [], issue.BlockedBy ?? [], issue.Parent is { } parent ? [parent] : [] };
        var text =
            $"{copies.GetValueOrDefault(issue.Number)} {issue.IsClosed} {string.Join(' ', issue.Elsewhere ?? [])} "
            + string.Join(
                ';',
                related.Select(numbers => string.Join(',', numbers.Select(number => $"{number}:{copies.GetValueOrDefault(number)}")))
            )
            + (parts == 0 ? "" : $" {parts}");
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
