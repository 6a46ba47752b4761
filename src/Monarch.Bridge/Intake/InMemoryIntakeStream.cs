using System.Threading.Channels;

namespace Monarch.Bridge.Intake;

/// <summary>The intake of a single process, lost when it ends. The ids contain the time, as in Redis.</summary>
sealed class InMemoryIntakeStream(TimeProvider time) : IIntakeStream
{
    readonly Lock _gate = new();
    readonly Channel<(long Time, long Number)> _unread = Channel.CreateUnbounded<(long, long)>();
    readonly SortedDictionary<(long Time, long Number), (IntakeEntry Entry, DateTimeOffset? ReadAt)> _entries = [];
    readonly Dictionary<string, (string Value, DateTimeOffset Until)> _once = [];
    (long Time, long Number) _last;

    public Task AddAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Add(fields);
        }

        return Task.CompletedTask;
    }

    public Task<string> AddOnceAsync(
        IReadOnlyDictionary<string, string> fields,
        string onceKey,
        string value,
        TimeSpan window,
        CancellationToken cancellationToken
    )
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var key in _once.Where(once => once.Value.Until <= now).Select(once => once.Key).ToList())
            {
                _once.Remove(key);
            }

            if (_once.TryGetValue(onceKey, out var first))
            {
                return Task.FromResult(first.Value);
            }

            _once[onceKey] = (value, now + window);
            Add(fields);
            return Task.FromResult(value);
        }
    }

    public async Task<IReadOnlyList<IntakeEntry>> ReadNewAsync(CancellationToken cancellationToken)
    {
        await _unread.Reader.WaitToReadAsync(cancellationToken);
        lock (_gate)
        {
            var read = new List<IntakeEntry>();
            while (_unread.Reader.TryRead(out var id))
            {
                if (_entries.TryGetValue(id, out var unread))
                {
                    _entries[id] = (unread.Entry, time.GetUtcNow());
                    read.Add(unread.Entry);
                }
            }

            return read;
        }
    }

    public Task<IReadOnlyList<IntakeEntry>> ReadAgainAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var again = _entries.Where(held => held.Value.ReadAt + idle <= now).ToList();
            foreach (var (id, (entry, _)) in again)
            {
                _entries[id] = (entry, now);
            }

            return Task.FromResult<IReadOnlyList<IntakeEntry>>([.. again.Select(held => held.Value.Entry)]);
        }
    }

    public Task<IReadOnlyList<IntakeEntry>> ReadAllAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<IntakeEntry>>([.. _entries.Values.Select(held => held.Entry)]);
        }
    }

    public Task<long> CountAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<long>(_entries.Count);
        }
    }

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => RemoveAsync([id], cancellationToken);

    public Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var id in ids)
            {
                var dash = id.IndexOf('-', StringComparison.Ordinal);
                if (long.TryParse(id.AsSpan(0, Math.Max(dash, 0)), out var at) && long.TryParse(id.AsSpan(dash + 1), out var number))
                {
                    _entries.Remove((at, number));
                }
            }
        }

        return Task.CompletedTask;
    }

    void Add(IReadOnlyDictionary<string, string> fields)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        _last = now > _last.Time ? (now, 0) : (_last.Time, _last.Number + 1);
        _entries[_last] = (new($"{_last.Time}-{_last.Number}", fields), null);
        _unread.Writer.TryWrite(_last);
    }
}
