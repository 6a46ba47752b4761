namespace Monarch.Redis.Sagas;

/// <summary>Stores wake-ups in this process' memory, by its own clock.</summary>
sealed class InMemoryWakeUps(TimeProvider time) : IWakeUps
{
    const int AttemptsWithoutBackoff = 4;

    static readonly TimeSpan LongestLease = TimeSpan.FromHours(1);

    readonly record struct Entry(long DueAt, long VisibleAt, string? TraceParent, int Times = 0);

    readonly Lock _gate = new();
    readonly Dictionary<(string Name, Guid SagaId), Entry> _entries = [];
    readonly List<Action> _watchers = [];
    long _swept;

    /// <summary>Replaces a saga's wake-up, or removes it when it is null.</summary>
    public void Settle(string name, Guid sagaId, DateTimeOffset? wakeAt, string? traceParent = null)
    {
        Action[] watchers;
        lock (_gate)
        {
            if (wakeAt is not { } at)
            {
                _entries.Remove((name, sagaId));
                return;
            }
            var dueAt = WakeUpTime.ToMilliseconds(at);
            watchers = _entries.Values.All(x => dueAt < x.VisibleAt) ? [.. _watchers] : [];
            _entries[(name, sagaId)] = new(dueAt, dueAt, traceParent);
        }
        foreach (var earlier in watchers)
        {
            earlier();
        }
    }

    public Task<ClaimedWakeUps> ClaimAsync(int most, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            Correct(now);
            var due = _entries.Where(x => x.Value.VisibleAt <= now).OrderBy(x => x.Value.VisibleAt).Take(most).ToList();
            foreach (var (key, entry) in due)
            {
                var times = entry.Times + 1;
                _entries[key] = entry with { VisibleAt = now + (long)Lease(lease, times).TotalMilliseconds, Times = times };
            }

            TimeSpan? next =
                _entries.Count == 0 ? null : TimeSpan.FromMilliseconds(Math.Max(0, _entries.Values.Min(x => x.VisibleAt) - now));
            return Task.FromResult(
                new ClaimedWakeUps(
                    [
                        .. due.Select(x => new WakeUp(
                            x.Key.Name,
                            x.Key.SagaId,
                            WakeUpTime.FromMilliseconds(x.Value.DueAt),
                            TraceParent: x.Value.TraceParent
                        )),
                    ],
                    next
                )
            );
        }
    }

    // A saga that is never saved, for example because it cannot be loaded, is woken with a growing delay.
    static TimeSpan Lease(TimeSpan lease, int times)
    {
        var longer = lease * Math.Pow(2, Math.Clamp(times - AttemptsWithoutBackoff, 0, 20));
        return longer < LongestLease || lease > LongestLease ? longer : LongestLease;
    }

    // After the clock was set back, each wake-up is moved back equally; none may be later than the longest sleep.
    void Correct(long now)
    {
        var (back, longest) = (Math.Max(0, _swept - now), now + (long)WakeUpTime.LongestSleep.TotalMilliseconds);
        _swept = now;
        foreach (var (key, entry) in _entries.Where(x => back > 0 || x.Value.VisibleAt > longest).ToList())
        {
            _entries[key] = entry with { VisibleAt = Math.Min(entry.VisibleAt - back, longest) };
        }
    }

    /// <summary>Returns none: wake-ups in memory were lost with the messages.</summary>
    public Task<IReadOnlyList<WakeUp>> ForRestartAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WakeUp>>([]);

    public Task<IAsyncDisposable> WatchAsync(Action earlier, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _watchers.Add(earlier);
        }

        return Task.FromResult<IAsyncDisposable>(
            new Watch(() =>
            {
                lock (_gate)
                {
                    _watchers.Remove(earlier);
                }
            })
        );
    }

    sealed class Watch(Action end) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            end();
            return ValueTask.CompletedTask;
        }
    }
}
