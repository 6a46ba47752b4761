using Monarch.Redis.Connection;
using StackExchange.Redis;

namespace Monarch.Hosting.Logging.Store;

/// <summary>The lines of a day whose ids are in certain index streams.</summary>
/// <param name="redis">The server.</param>
/// <param name="day">The day.</param>
/// <param name="keys">The index streams. A line is in one of them only.</param>
/// <param name="hash">The hash that an entry must contain, for streams of ids; null when every entry matches.</param>
sealed class IndexedLines(RedisConnection redis, DateOnly day, IReadOnlyList<RedisKey> keys, string? hash) : LogSource
{
    public override async Task<LogChunk> ReadAsync(EntryId low, EntryId high, int size, CancellationToken cancellationToken)
    {
        var streams = await redis.RunAsync(x => Task.WhenAll(keys.Select(key => RangeAsync(x, key, low, high, size))), cancellationToken);
        // The newest of all streams are among the newest of each.
        var newest = streams
            .SelectMany(entries => entries)
            .Select(entry => (Id: EntryId.Parse((string)entry.Id!), Entry: entry))
            .OrderByDescending(entry => entry.Id)
            .Take(size)
            .ToList();
        var ids = newest.Where(entry => Has(entry.Entry)).Select(entry => entry.Id).ToList();
        var found = await redis.RunAsync(
            x => Task.WhenAll(ids.Select(id => RangeAsync(x, LogKeys.Lines(day), id, id, 1))),
            cancellationToken
        );
        // A line that was removed meanwhile is missing; the next clean-up removes its index entries.
        var lines = ids.Zip(found)
            .Where(pair => pair.Second.Length > 0)
            .Select(pair => (pair.First, LogFields.Read(day, pair.Second[0])))
            .ToList();
        return new(lines, newest.Count > 0 ? newest[^1].Id : null, newest.Count, newest.Count < size);
    }

    bool Has(StreamEntry entry)
    {
        if (hash is null)
        {
            return true;
        }

        var value = (string)entry.Values[0].Value!;
        for (var at = 0; at + hash.Length <= value.Length; at += hash.Length)
        {
            if (value.AsSpan(at, hash.Length).SequenceEqual(hash))
            {
                return true;
            }
        }

        return false;
    }
}
