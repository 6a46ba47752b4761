namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>
/// A time in which the ledger has forgotten nothing. When its Redis was restarted, failed over or emptied, entries may be missing, so a
/// new epoch begins: no target counts as read, and none may be read before what was under way has ended and shows in GitHub's listings.
/// </summary>
/// <param name="Id">Names the epoch.</param>
/// <param name="Wait">How long until targets may be read; zero or less when they may be now.</param>
sealed record LedgerEpoch(string Id, TimeSpan Wait)
{
    /// <summary>Whether Redis knew no epoch before: it is new, or was emptied. False when it was restarted or failed over.</summary>
    public bool IsFirst { get; init; }

    /// <summary>What has happened to Redis, as the beginning of a sentence.</summary>
    public string Cause => IsFirst ? "First start on an empty Redis" : "Redis was restarted or failed over, and may have forgotten its last writes";
}
