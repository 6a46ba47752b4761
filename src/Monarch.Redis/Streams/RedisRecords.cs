using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Redis.Streams;

/// <summary>A stream of records for people to read. The oldest are removed.</summary>
public sealed class RedisRecords(RedisConnection redis, string key, int length)
{
    /// <summary>Appends a record and returns its id; only about the given number of newest records is kept.</summary>
    /// <exception cref="RedisUnavailableException">Redis is unavailable.</exception>
    public async Task<string> AppendAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        NameValueEntry[] record = [.. fields.Select(x => new NameValueEntry(x.Key, x.Value))];
        return (string)
            (
                await redis.RunAsync(
                    x => x.StreamAddAsync(key, record, maxLength: length, useApproximateMaxLength: true),
                    cancellationToken
                )
            )!;
    }

    /// <summary>Returns the newest records, newest first.</summary>
    /// <exception cref="RedisUnavailableException">Redis is unavailable.</exception>
    public async Task<IReadOnlyList<WorkItem>> ReadNewestAsync(int count, CancellationToken cancellationToken) =>
        WorkItem.Of(await redis.RunAsync(x => x.StreamRangeAsync(key, count: count, messageOrder: Order.Descending), cancellationToken));
}
