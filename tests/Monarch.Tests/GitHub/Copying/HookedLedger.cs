using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Copying.Ledger;

namespace Monarch.Tests.GitHub.Copying;

/// <summary>A ledger with hooks: every race lies between its answer and the post.</summary>
sealed class HookedLedger(ILedger ledger) : ILedger
{
    /// <summary>The ledger itself.</summary>
    public ILedger Present { get; set; } = ledger;

    /// <summary>Called with the issue's number when the ledger has answered an attempt.</summary>
    public Action<int> AfterBegin { get; set; } = _ => { };

    /// <summary>Takes the place of the ledger's answer to an attempt at the issue of this number; null leaves it.</summary>
    public Func<int, LedgerAnswer?> Instead { get; set; } = _ => null;

    /// <summary>Called before the ledger is asked what is created.</summary>
    public Action BeforeLook { get; set; } = () => { };

    public async Task<LedgerAnswer> BeginAsync(
        LedgerAttempt attempt,
        TimeSpan lifetime,
        string? searched,
        CancellationToken cancellationToken
    )
    {
        var answer = Instead((int)attempt.Number) ?? await Present.BeginAsync(attempt, lifetime, searched, cancellationToken);
        AfterBegin((int)attempt.Number);
        return answer;
    }

    public Task<LedgerEpoch> OpenAsync(TimeSpan lifetime, CancellationToken cancellationToken) =>
        Present.OpenAsync(lifetime, cancellationToken);

    public Task<bool> SetReadAsync(
        LedgerKey key,
        string epochId,
        IReadOnlyDictionary<int, int> targetNumbers,
        CancellationToken cancellationToken
    ) => Present.SetReadAsync(key, epochId, targetNumbers, cancellationToken);

    public Task SetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken) =>
        Present.SetCreatedAsync(key, targetNumbers, cancellationToken);

    public Task SetDoubtfulAsync(LedgerAttempt attempt, CancellationToken cancellationToken) =>
        Present.SetDoubtfulAsync(attempt, cancellationToken);

    public Task SetUntriedAsync(LedgerAttempt attempt, CancellationToken cancellationToken) =>
        Present.SetUntriedAsync(attempt, cancellationToken);

    public Task SetRejectedAsync(LedgerKey key, RejectedIssue issue, CancellationToken cancellationToken) =>
        Present.SetRejectedAsync(key, issue, cancellationToken);

    public Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(
        LedgerKey key,
        IReadOnlyList<int> numbers,
        CancellationToken cancellationToken
    )
    {
        BeforeLook();
        return Present.GetCreatedAsync(key, numbers, cancellationToken);
    }

    public Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, CancellationToken cancellationToken) =>
        Present.GetCreatedAsync(key, cancellationToken);

    public Task ForgetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken) =>
        Present.ForgetCreatedAsync(key, targetNumbers, cancellationToken);

    public Task<IReadOnlyList<RejectedIssue>> GetRejectedAsync(LedgerKey key, CancellationToken cancellationToken) =>
        Present.GetRejectedAsync(key, cancellationToken);

    public Task<bool> IsReadAsync(LedgerKey key, CancellationToken cancellationToken) => Present.IsReadAsync(key, cancellationToken);

    public Task AddNotesAsync(LedgerKey key, IReadOnlyList<IssueNote> notes, CancellationToken cancellationToken) =>
        Present.AddNotesAsync(key, notes, cancellationToken);

    public Task<IReadOnlyList<IssueNote>> GetNotesAsync(LedgerKey key, CancellationToken cancellationToken) =>
        Present.GetNotesAsync(key, cancellationToken);

    public Task<IReadOnlyDictionary<int, string>> GetFinishedAsync(
        LedgerKey key,
        IReadOnlyList<int> numbers,
        CancellationToken cancellationToken
    ) => Present.GetFinishedAsync(key, numbers, cancellationToken);

    public Task SetCommentsAsync(LedgerKey key, IReadOnlyCollection<long> comments, CancellationToken cancellationToken) =>
        Present.SetCommentsAsync(key, comments, cancellationToken);

    public Task<IReadOnlySet<long>> GetCommentsAsync(LedgerKey key, CancellationToken cancellationToken) =>
        Present.GetCommentsAsync(key, cancellationToken);

    public Task SetFinishedAsync(LedgerKey key, int number, string content, CancellationToken cancellationToken) =>
        Present.SetFinishedAsync(key, number, content, cancellationToken);
}
