using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying;
using Monarch.Workers.GitHub.Copying.Ledger;

namespace Monarch.Workers.GitHub.Repositories;

/// <summary>
/// Records the copies in a target in the ledger, page by page, and removes the deleted ones if they are to be created again. Its place
/// advances with every request: a reading may stop anywhere, and the next one continues from there.
/// </summary>
sealed class TargetReading(GitHubClient gitHub, ILedger ledger, LedgerKey key, string epochId, TargetPlace? from)
{
    /// <summary>Of one command: a fraction of the 900 points per minute that all commands share.</summary>
    internal const int MaxRequests = 20;

    int _requests;

    readonly int _openBefore = Start(gitHub, epochId, from)?.Open ?? 0;

    // Counted over the pages of this command.
    int _open;
    int _newest;
    bool _mayBeCut;

    /// <summary>The place reached; null at the beginning.</summary>
    public TargetPlace? Place { get; private set; } = Start(gitHub, epochId, from);

    /// <summary>Open issues and pull requests listed so far.</summary>
    public int Open => _openBefore + _open;

    /// <summary>Deleted copies removed from the ledger.</summary>
    public int Deleted { get; private set; }

    /// <param name="recreate">Whether deleted copies are removed from the ledger.</param>
    /// <param name="takesIssuesAsync">Checks that the target accepts issues: with issues turned off, every copy appears deleted.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>False when the reading stopped early: the request limit was reached, or the target no longer accepts issues.</returns>
    public async Task<bool> ReadAsync(bool recreate, Func<Task<bool>> takesIssuesAsync, CancellationToken cancellationToken)
    {
        var known = recreate ? (await ledger.GetCreatedAsync(key, cancellationToken)).OrderBy(copy => copy.Value).ToList() : [];
        var pages = Place is { Page: var page }
            ? gitHub.ListIssuesAsync(new Uri(page), cancellationToken)
            : gitHub.ListIssuesAsync(key.TargetRepositoryId, IssueOrder.OldestFirst, cancellationToken);
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
            // Includes copies whose marker was removed by an edit.
            var numbers = read.Issues.Select(issue => issue.Number).ToHashSet();
            // Removes deleted copies before recording the ones that replace them.
            var missing = known.Where(copy => copy.Value <= last && !numbers.Contains(copy.Value));
            if (!await ForgetDeletedAsync(missing, takesIssuesAsync, cancellationToken))
            {
                return false;
            }

            var copies = TargetReader.Copies(read, key);
            await RecordAsync(copies, cancellationToken);
            Place = Place.Through < last ? Place with { Through = last, Copies = Place.Copies + copies.Count } : Place;
            if (_requests >= MaxRequests && !read.IsLast)
            {
                return false;
            }
        }

        // The listing lags behind: copies after its end are requested by number.
        if (!await ForgetDeletedAsync(known, takesIssuesAsync, cancellationToken))
        {
            return false;
        }

        await RecordShiftedAsync(tags, cancellationToken);
        return true;
    }

    /// <summary>
    /// Null when the listing is complete. It is incomplete when it contains fewer open issues than GitHub counts, or ends with a full page
    /// although an issue with a higher number exists.
    /// </summary>
    public async Task<UnconfirmedListing?> DoubtAsync(int? counted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The count of the first reading is sufficient: other clients may create issues faster than GitHub lists them.
        var expected = Place!.Doubt is { } earlier && earlier.Counted < counted ? earlier.Counted : counted ?? 0;
        return Open < expected || await IsCutAsync(cancellationToken)
            ? ListingConfirmation.After(Place.Doubt, $"{Open}:{_newest}", expected, now)
            : null;
    }

    async Task<bool> IsCutAsync(CancellationToken cancellationToken) =>
        _mayBeCut && (await gitHub.FindIssueAsync(key.TargetRepositoryId, _newest + 1, cancellationToken)).Issue is not null;

    /// <summary>The start of the next reading after an incomplete one.</summary>
    public TargetPlace FromTheBeginning(UnconfirmedListing doubt) =>
        new()
        {
            EpochId = epochId,
            Page = gitHub.FirstPage(key.TargetRepositoryId, IssueOrder.OldestFirst).ToString(),
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

    /// <summary>Lists again while a deletion may have moved a copy to a page already read.</summary>
    async Task RecordShiftedAsync(List<PageTag> pages, CancellationToken cancellationToken)
    {
        for (
            var listings = 1;
            listings < GitHubClient.MaxListings && !await gitHub.AreConsistentAsync(pages, cancellationToken);
            listings++
        )
        {
            var first = pages[0].Address;
            pages.Clear();
            (_open, _newest) = (0, 0);
            await foreach (var page in gitHub.ListIssuesAsync(first, cancellationToken))
            {
                pages.Add(page.Tag);
                Count(page, page.Issues.Count > 0 ? page.Issues.Max(issue => issue.Number) : 0);
                await RecordAsync(TargetReader.Copies(page, key), cancellationToken);
            }
        }
    }

    async Task<bool> ForgetDeletedAsync(
        IEnumerable<KeyValuePair<int, int>> missing,
        Func<Task<bool>> takesIssuesAsync,
        CancellationToken cancellationToken
    )
    {
        foreach (var (number, targetNumber) in missing.Where(copy => copy.Value > Place!.Through))
        {
            if (_requests >= MaxRequests)
            {
                return false;
            }

            _requests++;
            if ((await gitHub.FindIssueAsync(key.TargetRepositoryId, targetNumber, cancellationToken)).Status == 410)
            {
                _requests++;
                if (!await takesIssuesAsync())
                {
                    return false;
                }

                await ledger.ForgetCreatedAsync(key, new Dictionary<int, int> { [number] = targetNumber }, cancellationToken);
                Deleted++;
            }

            Place = Place! with { Through = targetNumber };
        }

        return true;
    }

    /// <summary>Records the oldest of several copies of one issue, also across pages.</summary>
    async Task RecordAsync(Dictionary<int, int> copies, CancellationToken cancellationToken)
    {
        if (copies.Count == 0)
        {
            return;
        }

        var recorded = await ledger.GetCreatedAsync(key, [.. copies.Keys], cancellationToken);
        var changes = copies.Where(copy => !recorded.TryGetValue(copy.Key, out var older) || copy.Value < older).ToDictionary();
        if (changes.Count > 0)
        {
            await ledger.SetCreatedAsync(key, changes, cancellationToken);
        }
    }
}
