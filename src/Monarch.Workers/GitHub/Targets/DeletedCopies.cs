using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Ledgers;

namespace Monarch.Workers.GitHub.Targets;

/// <summary>Finds the copies that the ledger knows and that somebody has deleted in the target.</summary>
sealed class DeletedCopies(ILedger ledger)
{
    /// <returns>Those that are gone, as source and target issue numbers. An edited copy without its marker is not among them.</returns>
    public async Task<IReadOnlyDictionary<int, int>> FindAsync(
        GitHubClient gitHub, LedgerKey pair, TargetListing listing, CancellationToken cancellationToken)
    {
        var deleted = new Dictionary<int, int>();
        foreach (var (number, targetNumber) in await ledger.GetCreatedAsync(pair, cancellationToken))
        {
            // A listing lags behind: each that is not in it is asked for.
            if (!listing.Numbers.Contains(targetNumber) && await gitHub.IsGoneAsync(pair.TargetRepositoryId, targetNumber, cancellationToken))
            {
                deleted[number] = targetNumber;
            }
        }

        return deleted;
    }
}
