using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Redis.Streams;

/// <summary>
/// A stream of work with one group of consumers: each entry is delivered to one consumer, is pending until it is removed, and is claimed by
/// another consumer if its own one dies. A missing group is created, also after Redis has lost its data, and then starts at the oldest
/// entry.
/// </summary>
/// <remarks>
/// All calls throw <see cref="RedisUnavailableException"/> when Redis is unavailable. An entry whose reading was cancelled or timed out may
/// have been delivered nevertheless: <see cref="ClaimIdleAsync"/> recovers it.
/// </remarks>
public sealed class RedisWorkGroup(RedisConnection redis, string key, string group, string consumer) : IAsyncDisposable
{
    // KEYS: once-key, stream. ARGV: value, window in ms, then fields. Returns the first caller's value, or nil for the first caller.
    const string Once = """
        if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return redis.call('GET', KEYS[1]) end
        redis.call('XADD', KEYS[2], '*', unpack(ARGV, 3))
        redis.call('PUBLISH', KEYS[2], '')
        return false
        """;

    const string Add = """
        local id = redis.call('XADD', KEYS[1], '*', unpack(ARGV))
        redis.call('PUBLISH', KEYS[1], '')
        return id
        """;

    // ARGV: group, then ids.
    const string Remove = """
        redis.call('XACK', KEYS[1], unpack(ARGV))
        return redis.call('XDEL', KEYS[1], unpack(ARGV, 2))
        """;

    /// <summary>The polling interval for entries that were not announced.</summary>
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(8);

    readonly WakeSignal _added = new(redis.Time);
    readonly SemaphoreSlim _watching = new(1);
    IAsyncDisposable? _watch;

    /// <summary>Adds an entry and returns its id.</summary>
    public async Task<string> AddAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken) =>
        (string)(await redis.EvaluateAsync(Add, [key], Flat(fields), cancellationToken))!;

    /// <summary>
    /// Adds an entry unless the same key was used within a window; atomically, so that of many callers exactly one adds it. Idempotent: a
    /// caller with an unknown outcome may call again.
    /// </summary>
    /// <param name="fields">The entry.</param>
    /// <param name="onceKey">The Redis key that identifies the work, with its own prefix.</param>
    /// <param name="value">The value that later callers receive, such as the id of the work.</param>
    /// <param name="window">How long the key is kept.</param>
    /// <param name="cancellationToken">Cancels the wait, not the call.</param>
    public async Task<AddedOnce> AddOnceAsync(
        IReadOnlyDictionary<string, string> fields,
        string onceKey,
        string value,
        TimeSpan window,
        CancellationToken cancellationToken
    )
    {
        var first = await redis.EvaluateAsync(
            Once,
            [onceKey, key],
            [value, (long)window.TotalMilliseconds, .. Flat(fields)],
            cancellationToken
        );
        return first.IsNull ? new(true, value) : new(false, (string)first!);
    }

    /// <summary>
    /// Reads entries that no consumer has read yet, and waits for some; empty after the wait. Entries that this class adds are announced on
    /// a channel with the stream's name and read immediately; entries of other programs (XADD) are read within eight seconds, or
    /// immediately if announced too.
    /// </summary>
    /// <remarks>A blocking command would need its own connection: on a shared one it delays all other commands.</remarks>
    /// <param name="count">The largest number of entries.</param>
    /// <param name="wait">How long to wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<IReadOnlyList<WorkItem>> ReadNewAsync(int count, TimeSpan wait, CancellationToken cancellationToken)
    {
        await WatchAsync(cancellationToken);
        var since = redis.Time.GetTimestamp();
        while (true)
        {
            var items = await TakeNewAsync(count, cancellationToken);
            var left = wait - redis.Time.GetElapsedTime(since);
            if (items.Count > 0 || left <= TimeSpan.Zero)
            {
                return items;
            }

            await _added.WaitAsync(left < Poll ? left : Poll, cancellationToken);
        }
    }

    /// <summary>
    /// Claims entries that were read by any consumer (this one included) and not removed: the consumer died, or was too slow.
    /// </summary>
    /// <param name="idle">The minimum time since their last delivery.</param>
    /// <param name="count">The approximate largest number of entries.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<IReadOnlyList<WorkItem>> ClaimIdleAsync(TimeSpan idle, int count, CancellationToken cancellationToken)
    {
        var found = new List<WorkItem>();
        RedisValue cursor = "0-0";
        do
        {
            var reply = await WithGroupAsync(
                x => x.StreamAutoClaimAsync(key, group, consumer, (long)idle.TotalMilliseconds, cursor, count),
                cancellationToken
            );
            cursor = reply.NextStartId;
            found.AddRange(WorkItem.Of(reply.ClaimedEntries));
        } while (cursor != "0-0" && found.Count < count);
        return found;
    }

    /// <summary>Removes a completed entry. Idempotent.</summary>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) => RemoveAsync([id], cancellationToken);

    /// <summary>Removes completed entries atomically. Idempotent.</summary>
    public async Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        // A script cannot pass on more than a few thousand arguments.
        foreach (var some in ids.Chunk(1000))
        {
            await redis.EvaluateAsync(Remove, [key], [group, .. some.Select(id => (RedisValue)id)], cancellationToken);
        }
    }

    /// <summary>Returns all entries, read or not, oldest first.</summary>
    public async Task<IReadOnlyList<WorkItem>> ReadAllAsync(CancellationToken cancellationToken)
    {
        // Newest first, since Monarch does not require the right to XRANGE.
        var newestFirst = await redis.RunAsync(x => x.StreamRangeAsync(key, messageOrder: Order.Descending), cancellationToken);
        return [.. WorkItem.Of(newestFirst).Reverse()];
    }

    /// <summary>Returns the number of entries, read or not.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) => redis.RunAsync(x => x.StreamLengthAsync(key), cancellationToken);

    /// <summary>Returns the entries that were read and not yet removed, oldest first.</summary>
    /// <param name="count">The largest number of entries.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<IReadOnlyList<PendingWork>> PendingAsync(int count, CancellationToken cancellationToken)
    {
        var pending = await WithGroupAsync(x => x.StreamPendingMessagesAsync(key, group, count, RedisValue.Null), cancellationToken);
        return
        [
            .. pending.Select(x => new PendingWork(
                (string)x.MessageId!,
                (string)x.ConsumerName!,
                TimeSpan.FromMilliseconds(x.IdleTimeInMilliseconds),
                x.DeliveryCount
            )),
        ];
    }

    /// <summary>Ends the subscription.</summary>
    public ValueTask DisposeAsync() => _watch?.DisposeAsync() ?? ValueTask.CompletedTask;

    async Task WatchAsync(CancellationToken cancellationToken)
    {
        await _watching.WaitAsync(cancellationToken);
        try
        {
            _watch ??= await redis.SubscribeAsync(key, _ => _added.Set(), cancellationToken);
        }
        finally
        {
            _watching.Release();
        }
    }

    async Task<IReadOnlyList<WorkItem>> TakeNewAsync(int count, CancellationToken cancellationToken) =>
        WorkItem.Of(
            await WithGroupAsync(x => x.StreamReadGroupAsync(key, group, consumer, StreamPosition.NewMessages, count), cancellationToken)
        );

    /// <summary>The group is created at the first call that needs it.</summary>
    async Task<T> WithGroupAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await redis.RunAsync(call, cancellationToken);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOGROUP", StringComparison.Ordinal))
        {
            await CreateGroupAsync(cancellationToken);
            return await redis.RunAsync(call, cancellationToken);
        }
    }

    async Task CreateGroupAsync(CancellationToken cancellationToken)
    {
        try
        {
            await redis.RunAsync(
                x => x.StreamCreateConsumerGroupAsync(key, group, StreamPosition.Beginning, createStream: true),
                cancellationToken
            );
        }
        // Another replica has created it.
        catch (RedisServerException e) when (e.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal)) { }
    }

    static RedisValue[] Flat(IReadOnlyDictionary<string, string> fields) =>
        [.. fields.SelectMany(x => new RedisValue[] { x.Key, x.Value })];
}

/// <summary>The result of adding an entry once.</summary>
/// <param name="Added">True for the first caller; false if the key was already used within the window.</param>
/// <param name="Value">The first caller's value.</param>
public sealed record AddedOnce(bool Added, string Value);

/// <summary>An entry that was read and not yet removed.</summary>
/// <param name="Id">The id of the entry.</param>
/// <param name="Consumer">Its current consumer.</param>
/// <param name="Idle">The time since its last delivery.</param>
/// <param name="Deliveries">The number of its deliveries.</param>
public sealed record PendingWork(string Id, string Consumer, TimeSpan Idle, long Deliveries);
