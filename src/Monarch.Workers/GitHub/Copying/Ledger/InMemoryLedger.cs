using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.GitHub.Copying.Ledger;

/// <summary>
/// The ledger of a single process, lost when it ends: its epoch is the lifetime of the process, and the next process reads the targets'
/// markers. It does not wait for requests in flight of the last process: a restart within seconds of a kill may precede GitHub's listings.
/// </summary>
sealed class InMemoryLedger(TimeProvider time, IOptions<LedgerOptions> options) : ILedger
{
    readonly ConcurrentDictionary<LedgerKey, Target> _targets = new();
    readonly string _epochId = Guid.NewGuid().ToString("N");

    public Task<LedgerEpoch> OpenAsync(TimeSpan lifetime, CancellationToken cancellationToken) =>
        Task.FromResult(new LedgerEpoch(_epochId, TimeSpan.Zero));

    public async Task<bool> SetReadAsync(
        LedgerKey key,
        string epochId,
        IReadOnlyDictionary<int, int> targetNumbers,
        CancellationToken cancellationToken
    )
    {
        await SetCreatedAsync(key, targetNumbers, cancellationToken);
        var target = TargetOf(key);
        lock (target)
        {
            target.IsRead |= epochId == _epochId;
            return epochId == _epochId;
        }
    }

    public Task<LedgerAnswer> BeginAsync(LedgerAttempt attempt, TimeSpan lifetime, string? searched, CancellationToken cancellationToken)
    {
        var target = TargetOf(attempt.Key);
        lock (target)
        {
            return Task.FromResult(Begin(target, attempt, lifetime, searched));
        }
    }

    public Task SetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken)
    {
        var target = TargetOf(key);
        lock (target)
        {
            foreach (var (number, targetNumber) in targetNumbers)
            {
                target.Entries[number] = new Created(targetNumber);
                target.Rejected.Remove((key.Pass, number));
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
        var target = TargetOf(key);
        lock (target)
        {
            if (target.Entries.GetValueOrDefault(issue.Number) is not Created)
            {
                target.Rejected[(key.Pass, issue.Number)] = issue;
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(
        LedgerKey key,
        IReadOnlyList<int> numbers,
        CancellationToken cancellationToken
    )
    {
        var target = TargetOf(key);
        lock (target)
        {
            var created = new Dictionary<int, int>();
            foreach (var number in numbers)
            {
                if (target.Entries.GetValueOrDefault(number) is Created entry)
                {
                    created[number] = entry.TargetNumber;
                }
            }

            return Task.FromResult<IReadOnlyDictionary<int, int>>(created);
        }
    }

    public Task<IReadOnlyDictionary<int, int>> GetCreatedAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var target = TargetOf(key);
        lock (target)
        {
            return GetCreatedAsync(key, [.. target.Entries.Keys.Select(number => (int)number)], cancellationToken);
        }
    }

    public Task ForgetCreatedAsync(LedgerKey key, IReadOnlyDictionary<int, int> targetNumbers, CancellationToken cancellationToken)
    {
        var target = TargetOf(key);
        lock (target)
        {
            foreach (var (number, targetNumber) in targetNumbers)
            {
                if (target.Entries.GetValueOrDefault(number) is Created created && created.TargetNumber == targetNumber)
                {
                    target.Entries.Remove(number);
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<RejectedIssue>> GetRejectedAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var target = TargetOf(key);
        lock (target)
        {
            return Task.FromResult<IReadOnlyList<RejectedIssue>>([
                .. target.Rejected.Where(x => x.Key.Pass == key.Pass).Select(x => x.Value).OrderBy(issue => issue.Number),
            ]);
        }
    }

    public Task<bool> IsReadAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var target = TargetOf(key);
        lock (target)
        {
            return Task.FromResult(target.IsRead);
        }
    }

    public Task AddNotesAsync(LedgerKey key, IReadOnlyList<IssueNote> notes, CancellationToken cancellationToken)
    {
        var target = TargetOf(key);
        lock (target)
        {
            foreach (var note in notes)
            {
                target.Notes[(key.Pass, note.Number, note.Field)] = note;
            }
        }

        return Task.CompletedTask;
    }

    public Task SetCommentsAsync(LedgerKey key, IReadOnlyCollection<long> comments, CancellationToken cancellationToken)
    {
        var target = TargetOf(key);
        lock (target)
        {
            foreach (var comment in comments)
            {
                target.Entries[comment] = new Created(0);
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlySet<long>> GetCommentsAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var target = TargetOf(key);
        lock (target)
        {
            return Task.FromResult<IReadOnlySet<long>>(target.Entries.Where(x => x.Value is Created).Select(x => x.Key).ToHashSet());
        }
    }

    public Task<IReadOnlyList<IssueNote>> GetNotesAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var target = TargetOf(key);
        lock (target)
        {
            return Task.FromResult<IReadOnlyList<IssueNote>>([
                .. target
                    .Notes.Where(x => x.Key.Pass == key.Pass)
                    .Select(x => x.Value)
                    .OrderBy(note => note.Number)
                    .ThenBy(note => note.Field, StringComparer.Ordinal),
            ]);
        }
    }

    public Task<IReadOnlyDictionary<int, string>> GetFinishedAsync(
        LedgerKey key,
        IReadOnlyList<int> numbers,
        CancellationToken cancellationToken
    )
    {
        var target = TargetOf(key);
        lock (target)
        {
            return Task.FromResult<IReadOnlyDictionary<int, string>>(
                numbers.Where(target.Finished.ContainsKey).Distinct().ToDictionary(number => number, number => target.Finished[number])
            );
        }
    }

    public Task SetFinishedAsync(LedgerKey key, int number, string content, CancellationToken cancellationToken)
    {
        var target = TargetOf(key);
        lock (target)
        {
            target.Finished[number] = content;
        }

        return Task.CompletedTask;
    }

    LedgerAnswer Begin(Target target, LedgerAttempt attempt, TimeSpan lifetime, string? searched)
    {
        var (now, entries) = (time.GetUtcNow(), target.Entries);
        var entry = entries.GetValueOrDefault(attempt.Number);
        if (entry is Created created)
        {
            return new LedgerAnswer.Created(created.TargetNumber);
        }

        if (!target.IsRead)
        {
            return new LedgerAnswer.Unread();
        }

        // The clock was set back since the attempt began, so its start time is unknown.
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

    void EndIntent(LedgerAttempt attempt, Action<Dictionary<long, Entry>, Intent> end)
    {
        var target = TargetOf(attempt.Key);
        lock (target)
        {
            if (target.Entries.GetValueOrDefault(attempt.Number) is Intent intent && intent.Owner == attempt.Owner)
            {
                end(target.Entries, intent);
            }
        }
    }

    Target TargetOf(LedgerKey key) => _targets.GetOrAdd(key.AllPasses, static _ => new());

    sealed class Target
    {
        public bool IsRead { get; set; }

        public Dictionary<long, Entry> Entries { get; } = [];

        public Dictionary<(Guid? Pass, int Number), RejectedIssue> Rejected { get; } = [];

        public Dictionary<(Guid? Pass, int Number, string Field), IssueNote> Notes { get; } = [];

        public Dictionary<int, string> Finished { get; } = [];
    }

    abstract record Entry;

    sealed record Created(int TargetNumber) : Entry;

    sealed record Intent(DateTimeOffset Began, DateTimeOffset Expires, string Owner) : Entry;

    sealed record Doubt(DateTimeOffset Began, DateTimeOffset Ended) : Entry
    {
        public string Token => $"d{Began.ToUnixTimeMilliseconds()}:{Ended.ToUnixTimeMilliseconds()}";
    }
}
