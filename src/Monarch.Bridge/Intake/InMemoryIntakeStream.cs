using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Monarch.Bridge.Intake;

/// <summary>The intake of a single process, gone with it.</summary>
sealed class InMemoryIntakeStream(TimeProvider time) : IIntakeStream
{
    readonly Channel<IntakeEntry> _unread = Channel.CreateUnbounded<IntakeEntry>();
    readonly ConcurrentDictionary<string, (IntakeEntry Entry, DateTimeOffset ReadAt)> _read = new();
    readonly ConcurrentDictionary<string, (string Value, DateTimeOffset Until)> _once = new();
    readonly Lock _adding = new();
    long _lastId;

    public Task<string> AddOnceAsync(
        IReadOnlyDictionary<string, string> fields, string onceKey, string value, TimeSpan window, CancellationToken cancellationToken)
    {
        lock (_adding)
        {
            var now = time.GetUtcNow();
            foreach (var (key, once) in _once)
            {
                if (once.Until <= now)
                {
                    _once.TryRemove(key, out _);
                }
            }

            if (_once.TryGetValue(onceKey, out var first))
            {
                return Task.FromResult(first.Value);
            }

            _once[onceKey] = (value, now + window);
            _unread.Writer.TryWrite(new($"{++_lastId}-0", fields));
            return Task.FromResult(value);
        }
    }

    public async Task<IReadOnlyList<IntakeEntry>> ReadNewAsync(CancellationToken cancellationToken)
    {
        var entry = await _unread.Reader.ReadAsync(cancellationToken);
        _read[entry.Id] = (entry, time.GetUtcNow());
        return [entry];
    }

    public Task<IReadOnlyList<IntakeEntry>> ReadAgainAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // What is removed meanwhile stays removed.
        var entries = _read.Where(read => read.Value.ReadAt + idle <= now && _read.TryUpdate(read.Key, read.Value with { ReadAt = now }, read.Value))
            .Select(read => read.Value.Entry).ToList();
        return Task.FromResult<IReadOnlyList<IntakeEntry>>(entries);
    }

    public Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        _read.TryRemove(id, out _);
        return Task.CompletedTask;
    }
}
