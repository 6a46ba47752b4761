using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>
/// The ledger of a single process, gone with it: its epoch is the process' life, and the next one reads the targets' markers. It
/// waits for nothing that the last process had under way: whoever starts it again within seconds of a kill is quicker than GitHub's listings.
/// </summary>
sealed class InMemoryLedger(TimeProvider time, IOptions<LedgerOptions> options) : ILedger
{
    readonly ConcurrentDictionary<LedgerKey, Pair> _pairs = new();
    readonly string _epochId = Guid.NewGuid().ToString("N");

    public Task<LedgerEpoch> OpenAsync(TimeSpan lifetime, CancellationToken cancellationToken) =>
        Task.FromResult(new LedgerEpoch(_epochId, TimeSpan.Zero));

    public async Task<bool> SetReadAsync(
        LedgerKey key, string epochId, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken)
    {
        await SetCreatedAsync(key, targetNumbers, cancellationToken);
        var pair = PairOf(key);
        lock (pair)
        {
            pair.IsRead |= epochId == _epochId;
            return epochId == _epochId;
        }
    }

    public Task<LedgerAnswer> BeginAsync(LedgerAttempt attempt, TimeSpan lifetime, string? searched, CancellationToken cancellationToken)
    {
        var pair = PairOf(attempt.Key);
        lock (pair)
        {
            return Task.FromResult(Begin(pair, attempt, lifetime, searched));
        }
    }

    public Task SetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken)
    {
        var pair = PairOf(key);
        lock (pair)
        {
            foreach (var (number, targetNumber) in targetNumbers)
            {
                pair.Entries[number] = new Created(targetNumber);
                pair.Rejected.Remove((key.Pass, number));
            }
        }

        return Task.CompletedTask;
    }

    public Task SetDoubtfulAsync(LedgerAttempt attempt, CancellationToken cancellationToken)
    {
        EndIntent(attempt, (entries, intent) => entries[attempt.Number] = new Doubt(intent.Began, time.GetUtcNow()));
        return Task.CompletedTask;
    }

    public Task SetUntriedAsync(LedgerAttempt attempt, CancellationToken cancellationToken)
    {
        EndIntent(attempt, (entries, _) => entries.Remove(attempt.Number));
        return Task.CompletedTask;
    }

    public Task SetRejectedAsync(LedgerKey key, RejectedIssue issue, CancellationToken cancellationToken)
    {
        var pair = PairOf(key);
        lock (pair)
        {
            if (pair.Entries.GetValueOrDefault(issue.Number) is not Created)
            {
                pair.Rejected[(key.Pass, issue.Number)] = issue;
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        var pair = PairOf(key);
        lock (pair)
        {
            var created = new Dictionary<int, int>();
            foreach (var number in numbers)
            {
                if (pair.Entries.GetValueOrDefault(number) is Created entry)
                {
                    created[number] = entry.TargetNumber;
                }
            }

            return Task.FromResult<IReadOnlyDictionary<int, int>>(created);
        }
    }

    public Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var pair = PairOf(key);
        lock (pair)
        {
            return GetCreatedAsync(key, [.. pair.Entries.Keys], cancellationToken);
        }
    }

    public Task ForgetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken)
    {
        var pair = PairOf(key);
        lock (pair)
        {
            foreach (var (number, targetNumber) in targetNumbers)
            {
                if (pair.Entries.GetValueOrDefault(number) is Created created && created.TargetNumber == targetNumber)
                {
                    pair.Entries.Remove(number);
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<RejectedIssue>> GetRejectedAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var pair = PairOf(key);
        lock (pair)
        {
            return Task.FromResult<IReadOnlyList<RejectedIssue>>([.. pair.Rejected.Where(x => x.Key.Pass == key.Pass).Select(x => x.Value).OrderBy(issue => issue.Number)]);
        }
    }

    LedgerAnswer Begin(Pair pair, LedgerAttempt attempt, TimeSpan lifetime, string? searched)
    {
        var (now, entries) = (time.GetUtcNow(), pair.Entries);
        var entry = entries.GetValueOrDefault(attempt.Number);
        if (entry is Created created)
        {
            return new LedgerAnswer.Created(created.TargetNumber);
        }

        if (!pair.IsRead)
        {
            return new LedgerAnswer.Unread();
        }

        // The clock may have been set back since it began, at a time that is not known then.
        Entry? corrected = entry switch
        {
            Intent ahead when ahead.Began > now => new Intent(DateTimeOffset.UnixEpoch, now + (ahead.Expires - ahead.Began), ahead.Owner),
            Doubt ahead when ahead.Began > now => new Doubt(DateTimeOffset.UnixEpoch, now),
            Doubt ahead when ahead.Ended > now => ahead with { Ended = now },
            _ => null,
        };
        if (corrected is not null)
        {
            entries[attempt.Number] = entry = corrected;
        }

        if (entry is Intent intent)
        {
            if (intent.Expires > now)
            {
                return new LedgerAnswer.Busy(intent.Expires - now);
            }

            entries[attempt.Number] = entry = new Doubt(intent.Began, intent.Expires);
        }

        if (entry is Doubt doubt && doubt.Token != searched)
        {
            return new LedgerAnswer.Doubtful(doubt.Began, doubt.Ended + options.Value.Settle - now, doubt.Token);
        }

        entries[attempt.Number] = new Intent(now, now + lifetime, attempt.Owner);
        return new LedgerAnswer.Granted();
    }

    void EndIntent(LedgerAttempt attempt, Action<Dictionary<int, Entry>, Intent> end)
    {
        var pair = PairOf(attempt.Key);
        lock (pair)
        {
            if (pair.Entries.GetValueOrDefault(attempt.Number) is Intent intent && intent.Owner == attempt.Owner)
            {
                end(pair.Entries, intent);
            }
        }
    }

    Pair PairOf(LedgerKey key) => _pairs.GetOrAdd(key.Pair, static _ => new());

    sealed class Pair
    {
        public bool IsRead { get; set; }

        public Dictionary<int, Entry> Entries { get; } = [];

        public Dictionary<(Guid? Pass, int Number), RejectedIssue> Rejected { get; } = [];
    }

    abstract record Entry;

    sealed record Created(int TargetNumber) : Entry;

    sealed record Intent(DateTimeOffset Began, DateTimeOffset Expires, string Owner) : Entry;

    sealed record Doubt(DateTimeOffset Began, DateTimeOffset Ended) : Entry
    {
        public string Token => $"d{Began.ToUnixTimeMilliseconds()}:{Ended.ToUnixTimeMilliseconds()}";
    }
}
