using StackExchange.Redis;

namespace Monarch.Hosting.Logging.Store;

/// <summary>Lines of one day, newest first, in chunks.</summary>
abstract class LogSource
{
    /// <param name="low">The smallest id.</param>
    /// <param name="high">The largest id.</param>
    /// <param name="size">The number of entries to scan.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract Task<LogChunk> ReadAsync(EntryId low, EntryId high, int size, CancellationToken cancellationToken);

    protected static async Task<StreamEntry[]> RangeAsync(IDatabase redis, RedisKey key, EntryId low, EntryId high, int size)
    {
        var entries = await redis.StreamRangeAsync(key, low.ToString(), high.ToString(), size, Order.Descending);
        return [.. entries.Where(entry => !entry.IsNull)];
    }
}

/// <param name="Lines">The lines.</param>
/// <param name="Lowest">The smallest scanned id; null when there was none.</param>
/// <param name="Scanned">The number of scanned entries.</param>
/// <param name="IsEnd">Whether the source is exhausted.</param>
sealed record LogChunk(IReadOnlyList<(EntryId Id, LogLine Line)> Lines, EntryId? Lowest, int Scanned, bool IsEnd);
