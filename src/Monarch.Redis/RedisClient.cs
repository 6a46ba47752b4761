using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>
/// The client library's multiplexer. The library itself reconnects a connection that ended. Here the whole multiplexer is replaced, with its
/// subscriptions, where that is not enough: after a failed first attempt, when nothing was received for as long as a call may
/// take, and when the server is a replica, because the address may belong to the promoted server by now.
/// </summary>
sealed class RedisClient(RedisOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>The shortest time between the beginnings of two attempts.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly Lock _gate = new();
    readonly Outage _outage = new();
    readonly HashSet<(RedisChannel Channel, Action<RedisChannel, RedisValue> Handler)> _subscriptions = [];
    Task<ConnectionMultiplexer>? _current;
    long _attemptedAt, _answeredAt;

    public bool IsClosed { get; private set; }

    /// <summary>The multiplexer; fails when the latest attempt to connect failed, with its reason.</summary>
    public Task<ConnectionMultiplexer> GetAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(IsClosed, typeof(RedisConnection));
            return _current is null || (_current.IsFaulted && IsAttemptDue()) ? Connect() : _current;
        }
    }

    /// <summary>To be called at each answer of the server.</summary>
    public void Answered() => Volatile.Write(ref _answeredAt, time.GetTimestamp());

    /// <summary>Replaces the multiplexer if the failure of a call shows that it is of no use any more.</summary>
    /// <param name="exception">Why the call failed.</param>
    /// <param name="began">When the call began.</param>
    public void Failed(Exception exception, long began)
    {
        lock (_gate)
        {
            if (exception is TimeoutException && Volatile.Read(ref _answeredAt) < began)
                Renew("no answer");
            else if (_current is { IsCompletedSuccessfully: true } current && IsAttemptDue() && (RedisOutage.IsReplica(exception) || HasReplicasOnly(current.Result)))
                Renew("the server is a replica");
        }
    }

    /// <summary>The next call is made on a new multiplexer.</summary>
    public void Renew(string reason)
    {
        lock (_gate)
        {
            // One that is still connecting has its own time-out.
            if (_current is not { IsCompletedSuccessfully: true } old || IsClosed)
                return;
            Lost(reason);
            Connect();
            Observe(old.Result.CloseAsync(false));
        }
    }

    /// <summary>Subscribes on this multiplexer and on every later one.</summary>
    public async Task SubscribeAsync(RedisChannel channel, Action<RedisChannel, RedisValue> handler)
    {
        var current = GetAsync();
        await (await current).GetSubscriber().SubscribeAsync(channel, handler);
        lock (_gate)
        {
            if (_current != current)
                throw new ObjectDisposedException(nameof(ConnectionMultiplexer), "The connection was replaced meanwhile");
            _subscriptions.Add((channel, handler));
        }
    }

    public async Task UnsubscribeAsync(RedisChannel channel, Action<RedisChannel, RedisValue> handler)
    {
        lock (_gate)
            _subscriptions.Remove((channel, handler));
        await (await GetAsync()).GetSubscriber().UnsubscribeAsync(channel, handler);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            IsClosed = true;
        if (_current is { } current)
            await (await current).CloseAsync(false);
    }

    /// <summary>Marks the exception of a task that is awaited no longer as seen, or the runtime reports it as unobserved.</summary>
    public static void Observe(Task task) =>
        _ = task.ContinueWith(x => x.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    bool IsAttemptDue() => time.GetElapsedTime(_attemptedAt) >= Pause;

    static bool HasReplicasOnly(ConnectionMultiplexer multiplexer)
    {
        var connected = multiplexer.GetServers().Where(x => x.IsConnected).ToList();
        return connected.Count > 0 && connected.TrueForAll(x => x.IsReplica);
    }

    Task<ConnectionMultiplexer> Connect()
    {
        _attemptedAt = time.GetTimestamp();
        _current = ConnectAsync();
        Observe(_current);
        return _current;
    }

    async Task<ConnectionMultiplexer> ConnectAsync()
    {
        try
        {
            var multiplexer = await ConnectionMultiplexer.ConnectAsync(RedisConfiguration.Of(options));
            multiplexer.ConnectionFailed += (_, e) =>
            {
                if (e.ConnectionType == ConnectionType.Interactive)
                    Lost(e.Exception is { } x ? RedisOutage.Reason(x) : e.FailureType.ToString());
            };
            multiplexer.ConnectionRestored += (_, e) =>
            {
                if (e.ConnectionType == ConnectionType.Interactive)
                    Connected();
            };
            lock (_gate)
            {
                foreach (var (channel, handler) in _subscriptions)
                    Observe(multiplexer.GetSubscriber().SubscribeAsync(channel, handler));
            }
            Answered();
            Connected();
            return multiplexer;
        }
        catch (Exception e)
        {
            Lost(RedisOutage.Reason(e));
            // A name that cannot be resolved is an outage too.
            throw e as RedisConnectionException ?? new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, e.Message, e);
        }
    }

    void Lost(string reason)
    {
        if (_outage.Begins())
            logger.RedisLost(options.ToString(), reason);
    }

    void Connected()
    {
        if (_outage.Ends())
            logger.RedisBack(options.ToString());
    }
}
