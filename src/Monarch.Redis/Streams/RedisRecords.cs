namespace Monarch.Redis;

/// <summary>A stream of records for people to read, which forgets the oldest.</summary>
public sealed class RedisRecords(RedisConnection redis, string key, int length)
{
    /// <summary>Appends a record; of all only the newest (about the given length) are kept. Returns its id.</summary>
    /// <exception cref="RedisUnavailableException">Redis is away.</exception>
    public async Task<string> AppendAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken) =>
        (string)(await redis.ExecuteAsync("XADD", cancellationToken,
            [key, "MAXLEN", "~", length, "*", .. fields.SelectMany(x => new[] { x.Key, x.Value })]))!;

    /// <summary>The newest records, newest first.</summary>
    /// <exception cref="RedisUnavailableException">Redis is away.</exception>
    public async Task<IReadOnlyList<WorkItem>> ReadNewestAsync(int count, CancellationToken cancellationToken) =>
        StreamReply.Items(await redis.ExecuteAsync("XREVRANGE", cancellationToken, key, "+", "-", "COUNT", count));
}
