using Monarch.Contracts.Migrations;

namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>
/// The state of each issue of a source in a target, and the attempt that is creating it. Each call is atomic. The target's markers are
/// authoritative; the ledger avoids reading them in most cases.
/// </summary>
interface ILedger
{
    /// <summary>Returns the current epoch, or begins a new one when the last has ended.</summary>
    /// <param name="lifetime">The lifetime of the intents written in the last epoch.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<LedgerEpoch> OpenAsync(TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Records that the target was read and contains these copies and no others.</summary>
    /// <param name="key">The source and the target.</param>
    /// <param name="epochId">The epoch in which the reading began.</param>
    /// <param name="targetNumbers">The copies, as source and target issue numbers.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when the epoch has ended; the target still counts as unread.</returns>
    Task<bool> SetReadAsync(LedgerKey key, string epochId, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken);

    /// <summary>Requests the right to create an issue.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="lifetime">When the intent expires unless the attempt ends earlier.</param>
    /// <param name="searched">The token of a doubtful attempt whose copy was searched for and not found; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<LedgerAnswer> BeginAsync(LedgerAttempt attempt, TimeSpan lifetime, string? searched, CancellationToken cancellationToken);

    /// <summary>Records that the issues exist in the target, and removes their rejections in the pass.</summary>
    Task SetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken);

    /// <summary>Ends an attempt that may have created the issue.</summary>
    Task SetDoubtfulAsync(LedgerAttempt attempt, CancellationToken cancellationToken);

    /// <summary>Ends an attempt that did not create the issue.</summary>
    Task SetUntriedAsync(LedgerAttempt attempt, CancellationToken cancellationToken);

    /// <summary>
    /// Records that GitHub rejected the issue in this pass, or that the issue itself cannot be copied. Does not end an attempt or affect a
    /// created issue; a retry of the migration tries the issue again.
    /// </summary>
    Task SetRejectedAsync(LedgerKey key, RejectedIssue issue, CancellationToken cancellationToken);

    /// <summary>The created ones of these issues, with their numbers in the target.</summary>
    Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, IReadOnlyList<int> numbers, CancellationToken cancellationToken);

    /// <summary>Every created issue, with its number in the target.</summary>
    Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, CancellationToken cancellationToken);

    /// <summary>Removes deleted copies. An issue that has another number in the target is kept.</summary>
    Task ForgetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken);

    /// <summary>Every issue rejected in the pass, ordered by number.</summary>
    Task<IReadOnlyList<RejectedIssue>> GetRejectedAsync(LedgerKey key, CancellationToken cancellationToken);
}
