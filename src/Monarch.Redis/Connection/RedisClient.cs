using Microsoft.Extensions.Logging;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Redis.Connection;

/// <summary>
/// Owns the client library's multiplexer. The library itself reconnects lost connections. This class replaces the whole multiplexer, with
/// its subscriptions, when that is not sufficient: after a failed first attempt, when nothing was received for the time-out of a call, and
/// when the server may no longer be the master: it is a replica, or it is managed by sentinels and unreachable or without replicas. The old
/// multiplexer receives publications until the new one has subscribed, for at most twice the time-out: both may deliver a message.
/// </summary>
sealed class RedisClient(RedisOptions options, TimeProvider time, ILogger logger, RecoveryInstruments? recovery = null) : IAsyncDisposable
{
    /// <summary>The shortest time between the starts of two attempts.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly Lock _gate = new();
    readonly Outage _outage = new();
    readonly HashSet<RedisSubscription> _subscriptions = [];
    Task<ConnectionMultiplexer>? _attempt;
    volatile ConnectionMultiplexer? _current;
    ConnectionMultiplexer? _replaced;
    Task _closing = Task.CompletedTask;
    long _attemptedAt,
        _answeredAt,
        _replacedAt;
    int _attempts;

    public bool IsClosed { get; private set; }

    /// <summary>Whether there is a connection and no outage.</summary>
    public bool IsUsable => !_outage.Lasts && _current is { IsConnected: true };

    bool IsAttemptDue => time.GetElapsedTime(_attemptedAt) >= Pause;

    /// <summary>Returns the multiplexer; throws the exception of the latest attempt if it failed.</summary>
    public Task<ConnectionMultiplexer> GetAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(IsClosed, typeof(RedisConnection));
            return _attempt is null || (_attempt.IsFaulted && IsAttemptDue) ? Attempt() : _attempt;
        }
    }

    /// <summary>Records that a call succeeded.</summary>
    public void Succeeded(ConnectionMultiplexer multiplexer)
    {
        if (multiplexer != _current)
        {
            return;
        }

        Volatile.Write(ref _answeredAt, time.GetTimestamp());
        if (_outage.Lasts && !HasReplicasOnly(multiplexer) && _outage.Ends())
        {
            recovery?.Recovered(RecoveryInstruments.Redis);
            logger.RedisRecovered(options.ToString());
        }
    }

    /// <summary>Replaces the multiplexer if the failure of a call shows that it is no longer usable.</summary>
    /// <param name="exception">Why the call failed.</param>
    /// <param name="began">When the call began.</param>
    public void Failed(Exception exception, long began)
    {
        lock (_gate)
        {
            if (exception is TimeoutException && Volatile.Read(ref _answeredAt) < began)
            {
                Renew("no answer");
            }
            else if (IsAttemptDue && (RedisOutage.IsReplica(exception) || (_current is { } current && MayHaveMoved(current, exception))))
            {
                Renew(RedisOutage.Reason(exception));
            }
        }
    }

    /// <summary>Replaces the multiplexer; the next call uses the new one.</summary>
    public void Renew(string reason)
    {
        lock (_gate)
        {
            // A multiplexer that is still connecting has its own time-out.
            if (IsClosed || _current is not { } old)
            {
                return;
            }

            Lost(reason);
            (_replaced, _replacedAt) = (old, time.GetTimestamp());
            _ = Attempt();
        }
    }

    /// <summary>Subscribes on this multiplexer and on every later one.</summary>
    public async Task<bool> SubscribeAsync(ConnectionMultiplexer multiplexer, RedisSubscription subscription)
    {
        bool isBegun;
        try
        {
            isBegun = await subscription.BeginAsync(multiplexer);
        }
        catch (Exception e) when (e is TimeoutException or RedisConnectionException)
        {
            // The library subscribes after reconnecting nevertheless, and its queue would grow without a reader.
            lock (_gate)
            {
                if (_current == multiplexer)
                {
                    Renew(RedisOutage.Reason(e));
                }
            }
            throw;
        }
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_current != multiplexer, multiplexer);
            return isBegun && _subscriptions.Add(subscription);
        }
    }

    /// <summary>Removes a subscription: later multiplexers do not subscribe to it.</summary>
    public void Remove(RedisSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            IsClosed = true;
        }

        try
        {
            if (_attempt is not null)
            {
                await (await _attempt).CloseAsync(false);
            }
        }
        finally
        {
            lock (_gate)
            {
                CloseReplaced();
            }

            await _closing;
        }
    }

    /// <summary>Observes the exception of a task that is not awaited; otherwise the runtime reports it as unobserved.</summary>
    public static void Observe(Task task) =>
        _ = task.ContinueWith(x => x.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    // With sentinels, another server may have been promoted.
    bool MayHaveMoved(ConnectionMultiplexer multiplexer, Exception exception) =>
        HasReplicasOnly(multiplexer)
        || (options.Sentinels is not null && (!multiplexer.IsConnected || RedisOutage.LacksReplicas(exception)));

    static bool HasReplicasOnly(ConnectionMultiplexer multiplexer) =>
        multiplexer.GetServers() is var servers && servers.Any(x => x.IsConnected) && !servers.Any(x => x.IsConnected && !x.IsReplica);

    Task<ConnectionMultiplexer> Attempt()
    {
        _attemptedAt = time.GetTimestamp();
        _current = null;
        if (_outage.Lasts)
        {
            recovery?.Attempted(RecoveryInstruments.Redis);
        }

        _attempt = ConnectAsync();
        Observe(_attempt);
        return _attempt;
    }

    async Task<ConnectionMultiplexer> ConnectAsync()
    {
        ConnectionMultiplexer? multiplexer = null;
        try
        {
            multiplexer = await ConnectionMultiplexer.ConnectAsync(await RedisConfiguration.OfAsync(options, _attempts++));
            multiplexer.ConnectionFailed += (_, e) =>
            {
                if (e.ConnectionType == ConnectionType.Interactive && multiplexer == _current)
                {
                    Lost(e.Exception is { } x ? RedisOutage.Reason(x) : e.FailureType.ToString());
                }
            };
            RedisSubscription[] subscriptions;
            lock (_gate)
            {
                subscriptions = [.. _subscriptions];
            }

            await Task.WhenAll(subscriptions.Select(x => x.BeginAsync(multiplexer)));
            lock (_gate)
            {
                _current = multiplexer;
                CloseReplaced();
            }
            Succeeded(multiplexer);
            return multiplexer;
        }
        catch (Exception e)
        {
            Lost(RedisOutage.Reason(e));
            lock (_gate)
            {
                if (time.GetElapsedTime(_replacedAt) > 2 * options.Timeout)
                {
                    CloseReplaced();
                }
            }
            if (multiplexer is not null)
            {
                await multiplexer.CloseAsync(false);
            }

            throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, e.Message, e);
        }
    }

    void CloseReplaced()
    {
        if (_replaced is not null)
        {
            _closing = Task.WhenAll(_closing, CloseAsync(_replaced));
        }

        _replaced = null;
    }

    static async Task CloseAsync(ConnectionMultiplexer replaced)
    {
        try
        {
            // Messages that were published before the new one subscribed arrive before this reply.
            await replaced.GetSubscriber().PingAsync();
        }
        catch (Exception e) when (RedisOutage.Is(e)) { }
        await replaced.CloseAsync(false);
    }

    void Lost(string reason)
    {
        if (_outage.Begins())
        {
            logger.RedisLost(options.ToString(), reason);
        }
    }
}
