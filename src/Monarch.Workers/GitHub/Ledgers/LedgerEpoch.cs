namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>
/// A time in which the ledger has forgotten nothing. When its Redis was restarted, failed over or emptied, entries may be missing, so a
/// new epoch begins: no target counts as read, and none may be read before what was under way has ended and shows in GitHub's listings.
/// </summary>
/// <param name="Id">Names the epoch.</param>
/// <param name="Wait">How long until targets may be read; zero or less when they may be now.</param>
sealed record LedgerEpoch(string Id, TimeSpan Wait);
