namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>
/// A period in which the ledger lost no entries. After a restart, failover or flush of Redis entries may be missing, so a new epoch
/// begins: every target counts as unread, and may be read only after requests in flight have ended and appear in GitHub's listings.
/// </summary>
/// <param name="Id">Identifies the epoch.</param>
/// <param name="Wait">The time until targets may be read; zero or less when they may be read now.</param>
sealed record LedgerEpoch(string Id, TimeSpan Wait)
{
    /// <summary>Whether Redis contained no epoch: it is new or was emptied. False after a restart or failover.</summary>
    public bool IsFirst { get; init; }

    /// <summary>The cause of the epoch, as the beginning of a sentence.</summary>
    public string Cause => IsFirst
        ? "First start on an empty Redis"
        : "Redis was restarted or failed over, and may have lost its last writes";
}
