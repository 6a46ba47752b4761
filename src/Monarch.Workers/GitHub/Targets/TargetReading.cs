using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Ledgers;

namespace Monarch.Workers.GitHub.Targets;

/// <summary>
/// Fills the ledger with the copies that a target holds, page by page, and forgets those that were deleted, where they are to be made
/// again. Its place moves on with every request, so that it may stop anywhere: the next reading goes on from there.
/// </summary>
sealed class TargetReading(GitHubClient gitHub, ILedger ledger, LedgerKey pair, string epochId, TargetPlace? from)
{
    /// <summary>Of one command: a fraction of the 900 points that a minute grants, of which many commands want their share.</summary>
    internal const int MostRequests = 20;

    int _requests;

    readonly int _openBefore = Start(gitHub, epochId, from)?.Open ?? 0;

    // Of the pages that this command has read.
    int _open;
    int _newest;
    bool _mayBeCut;

    /// <summary>How far it has come; null at the beginning.</summary>
    public TargetPlace? Place { get; private set; } = Start(gitHub, epochId, from);

    /// <summary>How many open issues and pull requests were listed so far.</summary>
    public int Open => _openBefore + _open;

    /// <summary>How many copies were forgotten.</summary>
    public int Deleted { get; private set; }

    /// <param name="recreate">Whether copies that the ledger knows and that were deleted are forgotten.</param>
    /// <param name="takesIssuesAsync">Asks whether the target still takes issues: with issues turned off, every copy looks deleted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when it stopped before the end: too many requests for one command, or the target takes no more issues.</returns>
    public async Task<bool> ReadAsync(bool recreate, Func<Task<bool>> takesIssuesAsync, CancellationToken cancellationToken)
    {
        var known = recreate
            ? (await ledger.GetCreatedAsync(pair, cancellationToken)).OrderBy(copy => copy.Value).ToList()
            : [];
        var pages = Place is { Page: var page }
            ? gitHub.ListIssuesAsync(new Uri(page), cancellationToken)
            : gitHub.ListIssuesAsync(pair.TargetRepositoryId, IssueOrder.OldestFirst, cancellationToken);
        var tags = new List<PageTag>();
        await foreach (var read in pages.WithCancellation(cancellationToken))
        {
            _requests++;
            tags.Add(read.Tag);
            _mayBeCut = read.Tag.IsFullAndLast || read.Issues.Count == 0;
            var last = read.Issues.Count > 0 ? read.Issues.Max(issue => issue.Number) : 0;
            Place = new()
            {
                EpochId = epochId,
                Page = read.Tag.Address.ToString(),
                Through = Place?.Through ?? 0,
                Copies = Place?.Copies ?? 0,
                Open = Open,
                Doubt = Place?.Doubt,
            };
            Count(read, last);
            // An edited copy without its marker is there all the same.
            var numbers = read.Issues.Select(issue => issue.Number).ToHashSet();
            // The deleted ones first: what is noted then is newer than what they are replaced by.
            var missing = known.Where(copy => copy.Value <= last && !numbers.Contains(copy.Value));
            if (!await ForgetDeletedAsync(missing, takesIssuesAsync, cancellationToken))
            {
                return false;
            }

            var copies = TargetReader.Copies(read, pair);
            await NoteAsync(copies, cancellationToken);
            Place = Place.Through < last ? Place with { Through = last, Copies = Place.Copies + copies.Count } : Place;
            if (_requests >= MostRequests && !read.IsLast)
            {
                return false;
            }
        }

        // The listing lags behind: what would stand after its end is asked for.
        if (!await ForgetDeletedAsync(known, takesIssuesAsync, cancellationToken))
        {
            return false;
        }

        await NoteShiftedAsync(tags, cancellationToken);
        return true;
    }

    /// <summary>
    /// What is to be doubted of the whole listing: it holds fewer open issues than GitHub counts, or ends where a page may be missing and
    /// an issue with a higher number exists. Null for nothing.
    /// </summary>
    public async Task<UnconfirmedListing?> DoubtAsync(int? counted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // What was there at the first reading is enough: others may go on creating issues faster than they are listed.
        var enough = Place!.Doubt is { } earlier && earlier.Counted < counted ? earlier.Counted : counted ?? 0;
        return Open < enough || await IsCutAsync(cancellationToken)
            ? ListingConfirmation.After(Place.Doubt, $"{Open}:{_newest}", enough, now)
            : null;
    }

    async Task<bool> IsCutAsync(CancellationToken cancellationToken) =>
        _mayBeCut && (await gitHub.FindIssueAsync(pair.TargetRepositoryId, _newest + 1, cancellationToken)).Issue is not null;

    /// <summary>Where the next reading begins, when this one is doubted.</summary>
    public TargetPlace FromTheBeginning(UnconfirmedListing doubt) => new()
    {
        EpochId = epochId,
        Page = gitHub.FirstPage(pair.TargetRepositoryId, IssueOrder.OldestFirst).ToString(),
        Through = 0,
        Copies = 0,
        Doubt = doubt,
    };

    static TargetPlace? Start(GitHubClient gitHub, string epochId, TargetPlace? from) =>
        from?.EpochId == epochId && gitHub.IsOwn(from.Page) ? from : null;

    void Count(IssuePage page, int last)
    {
        _open += page.Issues.Count(issue => issue.IsOpen);
        _newest = Math.Max(_newest, last);
    }

    /// <summary>A copy that was on none of the pages, since others were deleted meanwhile, is on one of them now.</summary>
    async Task NoteShiftedAsync(List<PageTag> pages, CancellationToken cancellationToken)
    {
        for (var listings = 1; listings < GitHubClient.MostListings && !await gitHub.FitAsync(pages, cancellationToken); listings++)
        {
            var first = pages[0].Address;
            pages.Clear();
            (_open, _newest) = (0, 0);
            await foreach (var page in gitHub.ListIssuesAsync(first, cancellationToken))
            {
                pages.Add(page.Tag);
                Count(page, page.Issues.Count > 0 ? page.Issues.Max(issue => issue.Number) : 0);
                await NoteAsync(TargetReader.Copies(page, pair), cancellationToken);
            }
        }
    }

    async Task<bool> ForgetDeletedAsync(
        IEnumerable<KeyValuePair<int, int>> missing, Func<Task<bool>> takesIssuesAsync, CancellationToken cancellationToken)
    {
        foreach (var (number, targetNumber) in missing.Where(copy => copy.Value > Place!.Through))
        {
            if (_requests >= MostRequests)
            {
                return false;
            }

            _requests++;
            if ((await gitHub.FindIssueAsync(pair.TargetRepositoryId, targetNumber, cancellationToken)).Status == 410)
            {
                _requests++;
                if (!await takesIssuesAsync())
                {
                    return false;
                }

                await ledger.ForgetCreatedAsync(pair, new Dictionary<int, int> { [number] = targetNumber }, cancellationToken);
                Deleted++;
            }

            Place = Place! with { Through = targetNumber };
        }

        return true;
    }

    /// <summary>Of several copies of one issue the oldest counts, also when they stand on different pages.</summary>
    async Task NoteAsync(Dictionary<int, int> copies, CancellationToken cancellationToken)
    {
        if (copies.Count == 0)
        {
            return;
        }

        var noted = await ledger.GetCreatedAsync(pair, [.. copies.Keys], cancellationToken);
        var news = copies.Where(copy => !noted.TryGetValue(copy.Key, out var older) || copy.Value < older).ToDictionary();
        if (news.Count > 0)
        {
            await ledger.SetCreatedAsync(pair, news, cancellationToken);
        }
    }
}
