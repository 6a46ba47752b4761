using Monarch.Contracts.Migrations;

namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>
/// What happened to each issue of a pair, and who is creating it at this moment. Each call is atomic. The target's markers are
/// the truth; the ledger is what makes looking at them unnecessary most of the time.
/// </summary>
interface ILedger
{
    /// <summary>Tells the present epoch, and begins a new one when the last is over.</summary>
    /// <param name="lifetime">How long the intents live that were written in the last epoch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<LedgerEpoch> OpenAsync(TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>The target was read: it holds these copies, and no other issue of the source.</summary>
    /// <param name="key">The pair.</param>
    /// <param name="epochId">The epoch that was open before the reading began.</param>
    /// <param name="targetNumbers">The copies, as source and target issue numbers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when that epoch is over: the target still counts as unread.</returns>
    Task<bool> SetReadAsync(LedgerKey key, string epochId, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken);

    /// <summary>Asks to create an issue.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="lifetime">How long the intent lives if nothing more is heard of the attempt.</param>
    /// <param name="searched">The token of the doubt that a search has cleared; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<LedgerAnswer> BeginAsync(LedgerAttempt attempt, TimeSpan lifetime, string? searched, CancellationToken cancellationToken);

    /// <summary>The issue exists in the target, created by this or another attempt, so the pass has not rejected it.</summary>
    Task SetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken);

    /// <summary>The attempt ended and may have created the issue.</summary>
    Task SetDoubtfulAsync(LedgerAttempt attempt, CancellationToken cancellationToken);

    /// <summary>The attempt ended and certainly created nothing.</summary>
    Task SetUntriedAsync(LedgerAttempt attempt, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that GitHub rejected the issue in this pass, or that it could not be copied for a reason of its own. It ends no attempt, takes
    /// nothing back that was created, and a later run tries the issue again.
    /// </summary>
    Task SetRejectedAsync(LedgerKey key, RejectedIssue issue, CancellationToken cancellationToken);

    /// <summary>Which of these issues are there, with their numbers in the target.</summary>
    Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, IReadOnlyList<int> numbers, CancellationToken cancellationToken);

    /// <summary>Every issue that is there, with its number in the target.</summary>
    Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, CancellationToken cancellationToken);

    /// <summary>These copies are not there any more. One that has another number in the target by now stays.</summary>
    Task ForgetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken);

    /// <summary>Every issue that was rejected in the pass, by its number.</summary>
    Task<IReadOnlyList<RejectedIssue>> GetRejectedAsync(LedgerKey key, CancellationToken cancellationToken);
}
