using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>
/// A stream of work with one group of consumers: each entry goes to one of them, stays until it is removed, and is taken over by another when
/// its consumer dies. The group is made when it is missing, also after a Redis that came back empty, and then begins with the oldest entry.
/// </summary>
/// <remarks>
/// All calls throw <see cref="RedisUnavailableException"/> when Redis is away. An entry whose reading was cancelled or timed out may have been
/// given to this consumer all the same: <see cref="ClaimIdleAsync"/> brings it back.
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

    const string Remove = """
        redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
        return redis.call('XDEL', KEYS[1], ARGV[2])
        """;

    /// <summary>How often to look for entries that nobody announced.</summary>
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(8);

    readonly WakeSignal _added = new(redis.Time);
    readonly SemaphoreSlim _watching = new(1);
    IAsyncDisposable? _watch;

    /// <summary>Adds an entry and returns its id.</summary>
    public async Task<string> AddAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken) =>
        (string)(await redis.EvaluateAsync(Add, [key], [.. Flat(fields).Select(x => (RedisValue)x)], cancellationToken))!;

    /// <summary>
    /// Adds an entry unless the same was added within a window; in one step, so that of many callers exactly one adds it.
    /// A caller whose first try had an unknown outcome may simply call again.
    /// </summary>
    /// <param name="fields">The entry.</param>
    /// <param name="onceKey">A Redis key that stands for "the same", with a prefix of its own.</param>
    /// <param name="value">What later callers get, such as the id that this caller gave the work.</param>
    /// <param name="window">How long the same counts as the same.</param>
    /// <param name="cancellationToken">Ends the wait, not the call.</param>
    public async Task<AddedOnce> AddOnceAsync(IReadOnlyDictionary<string, string> fields, string onceKey, string value, TimeSpan window,
        CancellationToken cancellationToken)
    {
        var first = await redis.EvaluateAsync(Once, [onceKey, key],
            [value, (long)window.TotalMilliseconds, .. Flat(fields).Select(x => (RedisValue)x)], cancellationToken);
        return first.IsNull ? new(true, value) : new(false, (string)first!);
    }

    /// <summary>
    /// Reads entries that nobody has read yet, waiting for some; empty when none came. Added by this class, they are announced on a channel
    /// of the stream's name and heard at once; written by strangers (XADD), they are found within eight seconds, or at once when these publish too.
    /// </summary>
    /// <remarks>A command that blocks would need a connection of its own, on which the client library asks for a sign of life each second.</remarks>
    /// <param name="count">How many at most.</param>
    /// <param name="wait">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<WorkItem>> ReadNewAsync(int count, TimeSpan wait, CancellationToken cancellationToken)
    {
        await WatchAsync(cancellationToken);
        var since = redis.Time.GetTimestamp();
        while (true)
        {
            var items = await TakeNewAsync(count, cancellationToken);
            var left = wait - redis.Time.GetElapsedTime(since);
            if (items.Count > 0 || left <= TimeSpan.Zero)
                return items;
            await _added.WaitAsync(left < Poll ? left : Poll, cancellationToken);
        }
    }

    /// <summary>Takes over entries that were read by any consumer (this one included) and not removed since: it died, or was too slow.</summary>
    /// <param name="idle">How long nothing must have happened to them.</param>
    /// <param name="count">How many at most, about.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<WorkItem>> ClaimIdleAsync(TimeSpan idle, int count, CancellationToken cancellationToken)
    {
        var found = new List<WorkItem>();
        var cursor = "0-0";
        do
        {
            var reply = StreamReply.Array(await WithGroupAsync(() => redis.ExecuteAsync("XAUTOCLAIM", cancellationToken,
                key, group, consumer, (long)idle.TotalMilliseconds, cursor, "COUNT", count), cancellationToken));
            cursor = (string)reply[0]!;
            found.AddRange(StreamReply.Items(reply[1]));
        }
        while (cursor != "0-0" && found.Count < count);
        return found;
    }

    /// <summary>Takes an entry off the stream: it is done. Harmless when it is gone already.</summary>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) => redis.EvaluateAsync(Remove, [key], [group, id], cancellationToken);

    /// <summary>How many entries there are, read or not.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken) => (long)await redis.ExecuteAsync("XLEN", cancellationToken, key);

    /// <summary>The entries that were read and not removed yet, oldest first.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<PendingWork>> PendingAsync(int count, CancellationToken cancellationToken)
    {
        var reply = await WithGroupAsync(() => redis.ExecuteAsync("XPENDING", cancellationToken, key, group, "-", "+", count), cancellationToken);
        return [.. StreamReply.Array(reply).Select(StreamReply.Array).Select(x =>
            new PendingWork((string)x[0]!, (string)x[1]!, TimeSpan.FromMilliseconds((long)x[2]), (long)x[3]))];
    }

    /// <summary>Ends the subscription.</summary>
    public ValueTask DisposeAsync() => _watch?.DisposeAsync() ?? ValueTask.CompletedTask;

    async Task WatchAsync(CancellationToken cancellationToken)
    {
        await _watching.WaitAsync(cancellationToken);
        try { _watch ??= await redis.SubscribeAsync(key, _ => _added.Set(), cancellationToken); }
        finally { _watching.Release(); }
    }

    async Task<IReadOnlyList<WorkItem>> TakeNewAsync(int count, CancellationToken cancellationToken)
    {
        var reply = await WithGroupAsync(() => redis.ExecuteAsync("XREADGROUP", cancellationToken,
            "GROUP", group, consumer, "COUNT", count, "STREAMS", key, ">"), cancellationToken);
        return [.. StreamReply.Array(reply).SelectMany(x => StreamReply.Items(StreamReply.Array(x)[1]))];
    }

    /// <summary>The group is made at the first call that misses it.</summary>
    async Task<RedisResult> WithGroupAsync(Func<Task<RedisResult>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOGROUP", StringComparison.Ordinal))
        {
            await CreateGroupAsync(cancellationToken);
            return await call();
        }
    }

    async Task CreateGroupAsync(CancellationToken cancellationToken)
    {
        try
        {
            await redis.ExecuteAsync("XGROUP", cancellationToken, "CREATE", key, group, "0", "MKSTREAM");
        }
        catch (RedisServerException e) when (e.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal)) { } // Another replica was first.
    }

    static IEnumerable<string> Flat(IReadOnlyDictionary<string, string> fields) => fields.SelectMany(x => new[] { x.Key, x.Value });
}
