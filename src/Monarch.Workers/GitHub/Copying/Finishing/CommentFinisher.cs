using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Markdown;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying.Finishing;

/// <summary>
/// Adds comments to a copy, in their order and each exactly once, in the same way as issues: an intent in the ledger precedes the post, a post
/// without an answer makes the comment doubtful, and a doubtful comment is searched for by its marker before it is posted again.
/// </summary>
sealed class CommentFinisher(
    CreationGate gate,
    ILedger ledger,
    IOptions<GitHubOptions> options,
    IOptions<LedgerOptions> ledgerOptions,
    IOptions<SliceOptions> slice,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<CommentFinisher> logger
)
{
    // The last listing is accepted: GitHub may count comments that it never lists, such as those of hidden accounts.
    const int MaxListings = 5;
    const int MaxReadings = 3;

    static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(3);
    static readonly TimeSpan SearchWait = TimeSpan.FromSeconds(3);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);
    static readonly TimeSpan LookBack = TimeSpan.FromMinutes(10);

    /// <summary>The comments that are known to exist on a copy, by its number in the target.</summary>
    public Task<IReadOnlySet<long>> KnownAsync(IssuePlace place, int copy, CancellationToken cancellationToken) =>
        ledger.GetCommentsAsync(KeyOf(place, copy), cancellationToken);

    /// <summary>The comments that exist on a copy; its comments are listed unless that was done in this epoch of the ledger.</summary>
    /// <exception cref="GitHubException">They cannot be listed now.</exception>
    public async Task<IReadOnlySet<long>> ReadAsync(GitHubClient gitHub, UnfinishedCopy unfinished, CancellationToken cancellationToken)
    {
        var key = KeyOf(unfinished.Place, unfinished.Number);
        if (!await ledger.IsReadAsync(key, cancellationToken))
        {
            await ReadAsync(gitHub, unfinished, key, cancellationToken);
        }

        return await ledger.GetCommentsAsync(key, cancellationToken);
    }

    /// <exception cref="GitHubException">A comment cannot be added now; the ones before it are added. Also when the slice's time is over.</exception>
    public async Task AddAsync(
        GitHubClient gitHub,
        UnfinishedCopy unfinished,
        IReadOnlyList<CopiedComment> missing,
        Notes notes,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        foreach (var (index, comment) in missing.Index())
        {
            var isTimeOver = lifetime.ApplicationStopping.IsCancellationRequested || time.GetElapsedTime(began) >= slice.Value.SliceTime;
            if (index > 0 && isTimeOver)
            {
                throw OwnPace($"{missing.Count - index} comments on issue {unfinished.Issue.Number} follow.");
            }

            try
            {
                await AddAsync(gitHub, unfinished, comment, cancellationToken);
            }
            catch (GitHubException e) when (Refuses(e.Failure, unfinished.IsLastTry))
            {
                // The later ones are not added either: another migration adds them all, in their order.
                notes.Add(
                    NoteKind.Dropped,
                    "comments",
                    $"GitHub refused to add a comment, and {missing.Count - index} of {missing.Count} are missing: {e.Failure.Message}"
                );
                return;
            }
        }
    }

    static bool Refuses(Failure failure, bool isLastTry) =>
        failure.Kind == FailureKind.RejectedIssue
        || failure is { Kind: FailureKind.RefusedTarget, Status: 403 }
        || (isLastTry && failure.IsUnexplained());

    async Task AddAsync(GitHubClient gitHub, UnfinishedCopy unfinished, CopiedComment comment, CancellationToken cancellationToken)
    {
        var key = KeyOf(unfinished.Place, unfinished.Number);
        var attempt = new LedgerAttempt(key, comment.Key.Number, Guid.NewGuid().ToString("N"));
        var (searched, readings) = ((string?)null, 0);
        while (true)
        {
            var (answer, admission) = (await gate.BeginAsync(gitHub, attempt, searched, TimeSpan.MaxValue, cancellationToken))!.Value;
            switch (answer)
            {
                case LedgerAnswer.Granted:
                    await PostAsync(gitHub, unfinished, comment, attempt, admission);
                    return;
                case LedgerAnswer.Created:
                    return;
                case LedgerAnswer.Unread when ++readings <= MaxReadings:
                    await ReadAsync(gitHub, unfinished, key, cancellationToken);
                    break;
                case LedgerAnswer.Doubtful { Wait.Ticks: <= 0 } doubt when doubt.Token != searched:
                    if (await IsThereAsync(gitHub, unfinished, attempt, doubt, cancellationToken))
                    {
                        return;
                    }

                    searched = doubt.Token;
                    break;
                case LedgerAnswer.Busy busy:
                    throw NotYet(
                        $"Another worker may be adding a comment to issue {unfinished.Issue.Number}.",
                        Shorter(busy.Wait, BusyWait)
                    );
                case LedgerAnswer.Doubtful doubtful:
                    throw NotYet(
                        $"GitHub did not say whether it added a comment to issue {unfinished.Issue.Number}; the comments are searched shortly.",
                        doubtful.Wait
                    );
                default:
                    throw NotYet($"A comment on issue {unfinished.Issue.Number} cannot be recorded yet ({answer}).", SearchWait);
            }
        }
    }

    /// <summary>Records the comments that the copy has, as the first step in an epoch of the ledger.</summary>
    async Task ReadAsync(GitHubClient gitHub, UnfinishedCopy unfinished, LedgerKey key, CancellationToken cancellationToken)
    {
        var epoch = await ledger.OpenAsync(options.Value.IntentLifetime, cancellationToken);
        if (epoch.Wait > TimeSpan.Zero)
        {
            throw NotYet($"{epoch.Cause}. The comments are read when requests in flight have ended.", epoch.Wait);
        }

        await ListAsync(gitHub, unfinished, key, cancellationToken);
        await ledger.SetReadAsync(key, epoch.Id, new Dictionary<int, int>(), cancellationToken);
    }

    /// <summary>Searches for the comment that a doubtful attempt may have added. A listing that lags behind proves nothing.</summary>
    async Task<bool> IsThereAsync(
        GitHubClient gitHub,
        UnfinishedCopy unfinished,
        LedgerAttempt attempt,
        LedgerAnswer.Doubtful doubt,
        CancellationToken cancellationToken
    )
    {
        var known = await ledger.GetCommentsAsync(attempt.Key, cancellationToken);
        var (listed, isBehind) = await ListAsync(gitHub, unfinished, attempt.Key, cancellationToken);
        var isThere = listed.Contains(attempt.Number);
        // A known comment may have been deleted, so this is bounded.
        if (!isThere && (isBehind || !known.IsSubsetOf(listed)) && time.GetUtcNow() - doubt.Since < LookBack)
        {
            throw NotYet(
                $"GitHub's list of the comments on issue {unfinished.Issue.Number} lags behind; it is searched again.",
                SearchWait
            );
        }

        logger.CommentSearched(unfinished.Issue.Number, unfinished.Command.TargetFullName, isThere ? "is there" : "is not there");
        return isThere;
    }

    async Task<(IReadOnlySet<long> Listed, bool IsBehind)> ListAsync(
        GitHubClient gitHub,
        UnfinishedCopy unfinished,
        LedgerKey key,
        CancellationToken cancellationToken
    )
    {
        var count = (await gitHub.GetKnownIssueAsync(unfinished.TargetId, unfinished.Number, cancellationToken)).Comments;
        IReadOnlyList<Comment> comments = [];
        for (var listings = 0; listings == 0 || (comments.Count < count && listings < MaxListings); listings++)
        {
            if (listings > 0)
            {
                await Task.Delay(Shorter(ledgerOptions.Value.Settle / MaxListings, LongestPause), time, cancellationToken);
            }

            comments = await gitHub.ListCommentsAsync(unfinished.TargetId, unfinished.Number, cancellationToken);
        }

        var listed = comments
            .Select(comment => Marker.FindComment(comment.Body, key.SourceRepositoryId, unfinished.Issue.Number)?.Comment)
            .OfType<CommentKey>()
            .Select(comment => comment.Number)
            .ToHashSet();
        await ledger.SetCommentsAsync(key, listed, cancellationToken);
        return (listed, comments.Count < count);
    }

    // Not cancelled: the answer to a request that was sent is awaited, so that a stop leaves nothing in doubt.
    async Task PostAsync(GitHubClient gitHub, UnfinishedCopy unfinished, CopiedComment comment, LedgerAttempt attempt, Admission admission)
    {
        try
        {
            await gitHub.CreateCommentAsync(
                unfinished.TargetId,
                unfinished.Number,
                new(comment.Body),
                admission,
                gate.LatestStart(admission),
                CancellationToken.None
            );
            await ledger.SetCommentsAsync(attempt.Key, [attempt.Number], CancellationToken.None);
        }
        catch (GitHubException e) when (e.IsUnsent)
        {
            await ledger.SetUntriedAsync(attempt, CancellationToken.None);
            throw NotYet($"The worker was held up before it could add a comment to issue {unfinished.Issue.Number}.", TimeSpan.Zero);
        }
        catch (GitHubException e) when (e.MayHaveHappened)
        {
            await ledger.SetDoubtfulAsync(attempt, CancellationToken.None);
            throw;
        }
        catch (GitHubException)
        {
            await ledger.SetUntriedAsync(attempt, CancellationToken.None);
            throw;
        }
    }

    static LedgerKey KeyOf(IssuePlace place, int copy) => place.Key with { Copy = copy };

    GitHubException NotYet(string message, TimeSpan wait) => Later(FailureKind.Transient, message, wait);

    GitHubException OwnPace(string message) => Later(FailureKind.Throttled, message, TimeSpan.Zero);

    GitHubException Later(FailureKind kind, string message, TimeSpan wait) =>
        new(
            new()
            {
                Kind = kind,
                Message = message,
                RetryAt = time.GetUtcNow() + wait,
            },
            mayHaveHappened: false
        );

    static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
