using Monarch.Redis.Connection;

namespace Monarch.Hosting.Logging.Store;

/// <summary>All lines of a day.</summary>
sealed class AllLines(RedisConnection redis, DateOnly day) : LogSource
{
    public override async Task<LogChunk> ReadAsync(EntryId low, EntryId high, int size, CancellationToken cancellationToken)
    {
        var entries = await redis.RunAsync(x => RangeAsync(x, LogKeys.Lines(day), low, high, size), cancellationToken);
        var lines = entries.Select(entry => (EntryId.Parse((string)entry.Id!), LogFields.Read(day, entry))).ToList();
        return new(lines, lines.Count > 0 ? lines[^1].Item1 : null, lines.Count, lines.Count < size);
    }
}
