using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Copying.Ledger;

namespace Monarch.Tests.GitHub.Once;

/// <summary>A gate before and after each call of the ledger, where events may happen.</summary>
sealed class GatedLedger(Worker worker, ILedger ledger) : ILedger
{
    public Task<LedgerEpoch> OpenAsync(TimeSpan lifetime, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.OpenAsync(lifetime, cancellationToken));

    public Task<bool> SetReadAsync(
        LedgerKey key,
        string epochId,
        IReadOnlyDictionary<int, int> targetNumbers,
        CancellationToken cancellationToken
    ) => CallAsync(() => ledger.SetReadAsync(key, epochId, targetNumbers, cancellationToken));

    public Task<LedgerAnswer> BeginAsync(LedgerAttempt attempt, TimeSpan lifetime, string? searched, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.BeginAsync(attempt, lifetime, searched, cancellationToken));

    public Task SetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.SetCreatedAsync(key, targetNumbers, cancellationToken));

    public Task SetDoubtfulAsync(LedgerAttempt attempt, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.SetDoubtfulAsync(attempt, cancellationToken));

    public Task SetUntriedAsync(LedgerAttempt attempt, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.SetUntriedAsync(attempt, cancellationToken));

    public Task SetRejectedAsync(LedgerKey key, RejectedIssue issue, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.SetRejectedAsync(key, issue, cancellationToken));

    public Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(
        LedgerKey key,
        IReadOnlyList<int> numbers,
        CancellationToken cancellationToken
    ) => CallAsync(() => ledger.GetCreatedAsync(key, numbers, cancellationToken));

    public Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.GetCreatedAsync(key, cancellationToken));

    public Task ForgetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.ForgetCreatedAsync(key, targetNumbers, cancellationToken));

    public Task<IReadOnlyList<RejectedIssue>> GetRejectedAsync(LedgerKey key, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.GetRejectedAsync(key, cancellationToken));

    public Task<bool> IsReadAsync(LedgerKey key, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.IsReadAsync(key, cancellationToken));

    public Task AddNotesAsync(LedgerKey key, IReadOnlyList<IssueNote> notes, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.AddNotesAsync(key, notes, cancellationToken));

    public Task<IReadOnlyList<IssueNote>> GetNotesAsync(LedgerKey key, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.GetNotesAsync(key, cancellationToken));

    public Task<IReadOnlyDictionary<int, string>> GetFinishedAsync(
        LedgerKey key,
        IReadOnlyList<int> numbers,
        CancellationToken cancellationToken
    ) => CallAsync(() => ledger.GetFinishedAsync(key, numbers, cancellationToken));

    public Task SetCommentsAsync(LedgerKey key, IReadOnlyCollection<long> comments, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.SetCommentsAsync(key, comments, cancellationToken));

    public Task<IReadOnlySet<long>> GetCommentsAsync(LedgerKey key, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.GetCommentsAsync(key, cancellationToken));

    public Task SetFinishedAsync(LedgerKey key, int number, string content, CancellationToken cancellationToken) =>
        CallAsync(() => ledger.SetFinishedAsync(key, number, content, cancellationToken));

    async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        await worker.GateAsync();
        var answer = await call();
        await worker.GateAsync();
        return answer;
    }

    async Task CallAsync(Func<Task> call)
    {
        await worker.GateAsync();
        await call();
        await worker.GateAsync();
    }
}
