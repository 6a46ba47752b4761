using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Copying.Ledger;

namespace Monarch.Tests.GitHub.Once;

/// <summary>
/// The ledger in memory, for one target, as if on a Redis that is set back: later entries are lost and a new epoch begins, by the rules
/// of <see cref="RedisLedger"/>.
/// </summary>
sealed class LossyLedger : ILedger
{
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(15);

    readonly FakeTimeProvider _time;
    readonly List<(DateTimeOffset At, Func<ILedger, Task> Write)> _writes = [];
    InMemoryLedger _ledger;
    (string Id, DateTimeOffset Opens)? _epoch = ("the first", DateTimeOffset.MinValue);
    string? _readIn;
    int _epochs;

    LossyLedger(FakeTimeProvider time, InMemoryLedger ledger) => (_time, _ledger) = (time, ledger);

    /// <summary>The number of each answer.</summary>
    public Dictionary<string, int> Answers { get; } = [];

    public static async Task<LossyLedger> NewAsync(FakeTimeProvider time) => new(time, await EmptyAsync(time));

    /// <summary>Loses the latest writes.</summary>
    public async Task LoseAsync(int count)
    {
        var now = _time.GetUtcNow();
        var kept = _writes.SkipLast(count).ToList();
        _writes.Clear();
        _ledger = await EmptyAsync(_time);
        foreach (var (at, write) in kept)
        {
            _time.AdjustTime(at);
            await WriteAsync(write);
        }

        _time.AdjustTime(now);
        _epoch = null;
    }

    public Task<LedgerEpoch> OpenAsync(TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var (id, opens) = _epoch ??= ($"epoch {++_epochs}", _time.GetUtcNow() + lifetime + Settle);
        return Task.FromResult(new LedgerEpoch(id, opens - _time.GetUtcNow()));
    }

    public async Task<bool> SetReadAsync(
        LedgerKey key,
        string epochId,
        IReadOnlyDictionary<int, int> targetNumbers,
        CancellationToken cancellationToken
    )
    {
        await SetCreatedAsync(key, targetNumbers, cancellationToken);
        var isOpen = _epoch?.Id == epochId && _epoch.Value.Opens <= _time.GetUtcNow();
        _readIn = isOpen ? epochId : _readIn;
        return isOpen;
    }

    public async Task<LedgerAnswer> BeginAsync(
        LedgerAttempt attempt,
        TimeSpan lifetime,
        string? searched,
        CancellationToken cancellationToken
    )
    {
        var epoch = await OpenAsync(lifetime, cancellationToken);
        LedgerAnswer answer = new LedgerAnswer.Unread();
        if (_readIn == epoch.Id || (await GetCreatedAsync(attempt.Key, [(int)attempt.Number], cancellationToken)).Count > 0)
        {
            await WriteAsync(async ledger => answer = await ledger.BeginAsync(attempt, lifetime, searched, cancellationToken));
        }

        Answers[answer.GetType().Name] = Answers.GetValueOrDefault(answer.GetType().Name) + 1;
        return answer;
    }

    public Task SetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken) =>
        WriteAsync(ledger => ledger.SetCreatedAsync(key, targetNumbers, cancellationToken));

    public Task SetDoubtfulAsync(LedgerAttempt attempt, CancellationToken cancellationToken) =>
        WriteAsync(ledger => ledger.SetDoubtfulAsync(attempt, cancellationToken));

    public Task SetUntriedAsync(LedgerAttempt attempt, CancellationToken cancellationToken) =>
        WriteAsync(ledger => ledger.SetUntriedAsync(attempt, cancellationToken));

    public Task SetRejectedAsync(LedgerKey key, RejectedIssue issue, CancellationToken cancellationToken) =>
        WriteAsync(ledger => ledger.SetRejectedAsync(key, issue, cancellationToken));

    public Task ForgetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken) =>
        WriteAsync(ledger => ledger.ForgetCreatedAsync(key, targetNumbers, cancellationToken));

    public Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(
        LedgerKey key,
        IReadOnlyList<int> numbers,
        CancellationToken cancellationToken
    ) => _ledger.GetCreatedAsync(key, numbers, cancellationToken);

    public Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, CancellationToken cancellationToken) =>
        _ledger.GetCreatedAsync(key, cancellationToken);

    public Task<IReadOnlyList<RejectedIssue>> GetRejectedAsync(LedgerKey key, CancellationToken cancellationToken) =>
        _ledger.GetRejectedAsync(key, cancellationToken);

    public Task<bool> IsReadAsync(LedgerKey key, CancellationToken cancellationToken) => _ledger.IsReadAsync(key, cancellationToken);

    public Task AddNotesAsync(LedgerKey key, IReadOnlyList<IssueNote> notes, CancellationToken cancellationToken) =>
        _ledger.AddNotesAsync(key, notes, cancellationToken);

    public Task<IReadOnlyList<IssueNote>> GetNotesAsync(LedgerKey key, CancellationToken cancellationToken) =>
        _ledger.GetNotesAsync(key, cancellationToken);

    public Task<IReadOnlyDictionary<int, string>> GetFinishedAsync(
        LedgerKey key,
        IReadOnlyList<int> numbers,
        CancellationToken cancellationToken
    ) => _ledger.GetFinishedAsync(key, numbers, cancellationToken);

    public Task SetCommentsAsync(LedgerKey key, IReadOnlyCollection<long> comments, CancellationToken cancellationToken) =>
        WriteAsync(ledger => ledger.SetCommentsAsync(key, comments, cancellationToken));

    public Task<IReadOnlySet<long>> GetCommentsAsync(LedgerKey key, CancellationToken cancellationToken) =>
        _ledger.GetCommentsAsync(key, cancellationToken);

    public Task SetFinishedAsync(LedgerKey key, int number, string content, CancellationToken cancellationToken) =>
        _ledger.SetFinishedAsync(key, number, content, cancellationToken);

    Task WriteAsync(Func<ILedger, Task> write)
    {
        _writes.Add((_time.GetUtcNow(), write));
        return write(_ledger);
    }

    static async Task<InMemoryLedger> EmptyAsync(FakeTimeProvider time)
    {
        var ledger = new InMemoryLedger(time, Options.Create(new LedgerOptions { SettleSeconds = Settle.TotalSeconds }));
        var epoch = await ledger.OpenAsync(TimeSpan.Zero, default);
        await ledger.SetReadAsync(World.Key, epoch.Id, new Dictionary<int, int>(), default);
        return ledger;
    }
}
