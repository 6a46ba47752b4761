using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Ledgers;

namespace Monarch.Tests.GitHub.Issues;

/// <summary>A ledger at whose answer something happens: between it and the post lies every danger.</summary>
sealed class HookedLedger(ILedger ledger) : ILedger
{
    /// <summary>Called with the issue's number when the ledger has answered an attempt.</summary>
    public Action<int> AfterBegin { get; set; } = _ => { };

    public async Task<LedgerAnswer> BeginAsync(LedgerAttempt attempt, TimeSpan lifetime, string? searched, CancellationToken cancellationToken)
    {
        var answer = await ledger.BeginAsync(attempt, lifetime, searched, cancellationToken);
        AfterBegin(attempt.Number);
        return answer;
    }

    public Task<LedgerEpoch> OpenAsync(TimeSpan lifetime, CancellationToken cancellationToken) => ledger.OpenAsync(lifetime, cancellationToken);

    public Task<bool> SetReadAsync(
        LedgerKey key, string epochId, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken) =>
        ledger.SetReadAsync(key, epochId, targetNumbers, cancellationToken);

    public Task SetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken) =>
        ledger.SetCreatedAsync(key, targetNumbers, cancellationToken);

    public Task SetDoubtfulAsync(LedgerAttempt attempt, CancellationToken cancellationToken) => ledger.SetDoubtfulAsync(attempt, cancellationToken);

    public Task SetUntriedAsync(LedgerAttempt attempt, CancellationToken cancellationToken) => ledger.SetUntriedAsync(attempt, cancellationToken);

    public Task SetRejectedAsync(LedgerKey key, RejectedIssue issue, CancellationToken cancellationToken) =>
        ledger.SetRejectedAsync(key, issue, cancellationToken);

    public Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, IReadOnlyList<int> numbers, CancellationToken cancellationToken) =>
        ledger.GetCreatedAsync(key, numbers, cancellationToken);

    public Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, CancellationToken cancellationToken) =>
        ledger.GetCreatedAsync(key, cancellationToken);

    public Task ForgetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken) =>
        ledger.ForgetCreatedAsync(key, targetNumbers, cancellationToken);

    public Task ForgetRejectedAsync(LedgerKey key, CancellationToken cancellationToken) => ledger.ForgetRejectedAsync(key, cancellationToken);

    public Task<IReadOnlyList<RejectedIssue>> GetRejectedAsync(LedgerKey key, CancellationToken cancellationToken) =>
        ledger.GetRejectedAsync(key, cancellationToken);
}
