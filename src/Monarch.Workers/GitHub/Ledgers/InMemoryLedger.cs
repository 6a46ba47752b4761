using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>The ledger of a single process, gone with it: the next run reads the targets' markers.</summary>
sealed class InMemoryLedger(TimeProvider time, IOptions<LedgerOptions> options) : ILedger
{
    readonly ConcurrentDictionary<LedgerKey, Dictionary<int, Entry>> _pairs = new();

    public Task<LedgerAnswer> BeginAsync(LedgerAttempt attempt, TimeSpan lifetime, string? searched, CancellationToken cancellationToken)
    {
        var pair = Pair(attempt.Key);
        lock (pair)
        {
            return Task.FromResult(Begin(pair, attempt, lifetime, searched));
        }
    }

    public Task SetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken)
    {
        var pair = Pair(key);
        lock (pair)
        {
            foreach (var (number, targetNumber) in targetNumbers)
            {
                pair[number] = new Created(targetNumber);
            }
        }

        return Task.CompletedTask;
    }

    public Task SetDoubtfulAsync(LedgerAttempt attempt, CancellationToken cancellationToken)
    {
        EndIntent(attempt, (pair, intent) => pair[attempt.Number] = new Doubt(intent.Began, time.GetUtcNow()));
        return Task.CompletedTask;
    }

    public Task SetUntriedAsync(LedgerAttempt attempt, CancellationToken cancellationToken)
    {
        EndIntent(attempt, (pair, _) => pair.Remove(attempt.Number));
        return Task.CompletedTask;
    }

    public Task SetRejectedAsync(LedgerKey key, RejectedIssue issue, CancellationToken cancellationToken)
    {
        var pair = Pair(key);
        lock (pair)
        {
            pair[issue.Number] = new Rejected(issue);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        var pair = Pair(key);
        lock (pair)
        {
            var created = new Dictionary<int, int>();
            foreach (var number in numbers)
            {
                if (pair.GetValueOrDefault(number) is Created entry)
                {
                    created[number] = entry.TargetNumber;
                }
            }

            return Task.FromResult<IReadOnlyDictionary<int, int>>(created);
        }
    }

    public Task<IReadOnlyList<RejectedIssue>> GetRejectedAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var pair = Pair(key);
        lock (pair)
        {
            return Task.FromResult<IReadOnlyList<RejectedIssue>>(
                [.. pair.Values.OfType<Rejected>().Select(entry => entry.Issue).OrderBy(issue => issue.Number)]);
        }
    }

    LedgerAnswer Begin(Dictionary<int, Entry> pair, LedgerAttempt attempt, TimeSpan lifetime, string? searched)
    {
        var now = time.GetUtcNow();
        var entry = pair.GetValueOrDefault(attempt.Number);
        if (entry is Created created)
        {
            return new LedgerAnswer.Created(created.TargetNumber);
        }

        if (entry is Intent intent)
        {
            if (intent.Expires > now)
            {
                return new LedgerAnswer.Busy(intent.Expires - now);
            }

            pair[attempt.Number] = entry = new Doubt(intent.Began, intent.Expires);
        }

        if (entry is Doubt doubt && doubt.Token != searched)
        {
            return new LedgerAnswer.Doubtful(doubt.Began, doubt.Ended + options.Value.Settle - now, doubt.Token);
        }

        pair[attempt.Number] = new Intent(now, now + lifetime, attempt.Owner);
        return new LedgerAnswer.Granted();
    }

    void EndIntent(LedgerAttempt attempt, Action<Dictionary<int, Entry>, Intent> end)
    {
        var pair = Pair(attempt.Key);
        lock (pair)
        {
            if (pair.GetValueOrDefault(attempt.Number) is Intent intent && intent.Owner == attempt.Owner)
            {
                end(pair, intent);
            }
        }
    }

    Dictionary<int, Entry> Pair(LedgerKey key) => _pairs.GetOrAdd(key, static _ => []);

    abstract record Entry;

    sealed record Created(int TargetNumber) : Entry;

    sealed record Rejected(RejectedIssue Issue) : Entry;

    sealed record Intent(DateTimeOffset Began, DateTimeOffset Expires, string Owner) : Entry;

    sealed record Doubt(DateTimeOffset Began, DateTimeOffset Ended) : Entry
    {
        public string Token => $"d{Began.ToUnixTimeMilliseconds()}:{Ended.ToUnixTimeMilliseconds()}";
    }
}
