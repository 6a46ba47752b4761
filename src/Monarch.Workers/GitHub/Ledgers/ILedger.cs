using Monarch.Contracts.Migrations;

namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>
/// What happened to each issue of a pair, and who is creating it at this moment. Each call is atomic. The target's markers are
/// the truth; the ledger is what makes looking at them unnecessary most of the time.
/// </summary>
interface ILedger
{
    /// <summary>Asks to create an issue.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="lifetime">How long the intent lives if nothing more is heard of the attempt.</param>
    /// <param name="searched">The token of the doubt that a search has cleared; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<LedgerAnswer> BeginAsync(LedgerAttempt attempt, TimeSpan lifetime, string? searched, CancellationToken cancellationToken);

    /// <summary>The issue is there, whoever created it.</summary>
    Task SetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken);

    /// <summary>The attempt ended and may have created the issue.</summary>
    Task SetDoubtfulAsync(LedgerAttempt attempt, CancellationToken cancellationToken);

    /// <summary>The attempt ended and certainly created nothing.</summary>
    Task SetUntriedAsync(LedgerAttempt attempt, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that GitHub rejected the issue, or that it could not be copied for a reason of its own. It ends no attempt, takes nothing
    /// back that was created, and a later run tries the issue again.
    /// </summary>
    Task SetRejectedAsync(LedgerKey key, RejectedIssue issue, CancellationToken cancellationToken);

    /// <summary>Which of these issues are there, with their numbers in the target.</summary>
    Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, IReadOnlyList<int> numbers, CancellationToken cancellationToken);

    /// <summary>Drops the notes of rejections: a new run begins, and names its own.</summary>
    Task ForgetRejectedAsync(LedgerKey key, CancellationToken cancellationToken);

    /// <summary>Every issue that was rejected in the present or the last run, by its number.</summary>
    Task<IReadOnlyList<RejectedIssue>> GetRejectedAsync(LedgerKey key, CancellationToken cancellationToken);
}
