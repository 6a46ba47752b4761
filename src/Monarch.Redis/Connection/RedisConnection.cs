using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Redis.Connection;

/// <summary>
/// The connection to Redis, shared by the whole process. Every call completes within <see cref="RedisOptions.Timeout"/>, also when the
/// server hangs, and throws <see cref="RedisUnavailableException"/> when Redis is unavailable. Connects at the first call (or
/// <see cref="ConnectAsync"/>) and reconnects after every outage.
/// </summary>
/// <remarks>The client library's synchronous calls starve the thread pool: use asynchronous ones only.</remarks>
public sealed class RedisConnection : IAsyncDisposable
{
    readonly RedisOptions _options;
    readonly RedisClient _client;
    readonly ReplicaWait _replicas;

    /// <summary>Creates the connection without connecting.</summary>
    public RedisConnection(IOptions<RedisOptions> options, TimeProvider time, ILogger<RedisConnection> logger)
        : this(options, time, logger, null) { }

    internal RedisConnection(
        IOptions<RedisOptions> options,
        TimeProvider time,
        ILogger<RedisConnection> logger,
        RedisInstruments? instruments
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        (Time, _options, _client) = (time, options.Value, new(options.Value, time, logger, instruments?.Recovery));
        _replicas = new(options.Value);
        instruments?.ObserveConnection(() => _client.IsUsable);
    }

    /// <summary>The time-out of a call.</summary>
    public TimeSpan Timeout => _options.Timeout;

    internal TimeProvider Time { get; }

    /// <summary>Connects and checks that the server responds.</summary>
    /// <exception cref="RedisUnavailableException">Redis is unavailable.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken) => ExecuteAsync("PING", cancellationToken);

    /// <summary>Runs one or several calls on the database.</summary>
    /// <param name="call">Uses asynchronous methods only.</param>
    /// <param name="cancellationToken">Cancels the wait, not the call: it may still be executed.</param>
    /// <exception cref="RedisUnavailableException">Redis is unavailable, or <paramref name="call"/> did not complete in time.</exception>
    public Task<T> RunAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken) =>
        WithinAsync(multiplexer => call(multiplexer.GetDatabase()), cancellationToken);

    /// <summary>Runs a Lua script atomically; sends only its digest if the server has cached it.</summary>
    /// <exception cref="RedisUnavailableException">Redis is unavailable.</exception>
    /// <exception cref="RedisServerException">The script failed.</exception>
    public Task<RedisResult> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        RunAsync(x => x.ScriptEvaluateAsync(script, keys, values, CommandFlags.DemandMaster), cancellationToken);

    /// <summary>
    /// The same, and waits until the configured number of replicas (<see cref="RedisOptions.WaitReplicas"/>) has the writes.
    /// </summary>
    /// <param name="script">The script.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="values">Its arguments.</param>
    /// <param name="isWaitedFor">Whether the reply shows a write that must be replicated.</param>
    /// <param name="cancellationToken">Cancels the wait, not the call.</param>
    /// <returns>The script's reply, and the number of replicas that are missing the write.</returns>
    /// <inheritdoc cref="EvaluateAsync"/>
    public Task<(RedisResult Answer, int MissingReplicas)> EvaluateReplicatedAsync(
        string script,
        RedisKey[] keys,
        RedisValue[] values,
        Func<RedisResult, bool> isWaitedFor,
        CancellationToken cancellationToken
    ) =>
        _replicas.RunAsync(
            this,
            x => x.ScriptEvaluateAsync(script, keys, values, CommandFlags.DemandMaster),
            isWaitedFor,
            cancellationToken
        );

    /// <summary>Runs any command that does not block.</summary>
    /// <inheritdoc cref="EvaluateAsync"/>
    public Task<RedisResult> ExecuteAsync(string command, CancellationToken cancellationToken, params object[] args) =>
        RunAsync(x => x.ExecuteAsync(command, args, CommandFlags.DemandMaster), cancellationToken);

    /// <summary>Returns the server's INFO.</summary>
    /// <exception cref="RedisUnavailableException">Redis is unavailable.</exception>
    internal async Task<string> InfoAsync(CancellationToken cancellationToken) =>
        (string?)await ExecuteAsync("INFO", cancellationToken) ?? "";

    /// <summary>
    /// Subscribes to a channel until the result is disposed. The subscription survives restarts of the server, but messages that are
    /// published during an outage are lost: publish and subscribe guarantee no delivery. While the connection is replaced, the old one and
    /// the new one both receive: a message may be delivered twice, or out of order.
    /// </summary>
    /// <param name="channel">Its exact name.</param>
    /// <param name="handler">
    /// Called for one message after the other, in the order of a connection. It must be fast and must not throw.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait for the server's reply.</param>
    /// <exception cref="RedisUnavailableException">Redis is unavailable; call again.</exception>
    public async Task<IAsyncDisposable> SubscribeAsync(string channel, Action<RedisValue> handler, CancellationToken cancellationToken)
    {
        var subscription = new RedisSubscription(_client, channel, handler);
        try
        {
            await WithinAsync(x => _client.SubscribeAsync(x, subscription), cancellationToken);
            return subscription;
        }
        catch
        {
            await subscription.DisposeAsync();
            throw;
        }
    }

    /// <summary>Replaces the connection by a new one, with every subscription; the next call uses it.</summary>
    internal void Renew(string reason) => _client.Renew(reason);

    /// <summary>Publishes a message; returns how many subscribers received it.</summary>
    /// <exception cref="RedisUnavailableException">Redis is unavailable.</exception>
    public Task<long> PublishAsync(string channel, RedisValue message, CancellationToken cancellationToken) =>
        WithinAsync(x => x.GetSubscriber().PublishAsync(RedisChannel.Literal(channel), message), cancellationToken);

    /// <summary>Closes the connection; pending calls fail.</summary>
    public async ValueTask DisposeAsync()
    {
        _replicas.Dispose();
        try
        {
            await _client.DisposeAsync().AsTask().WaitAsync(_options.Timeout, Time);
        }
        catch (Exception e) when (RedisOutage.Is(e) || e is OperationCanceledException) { } // It is already closed.
    }

    async Task<T> WithinAsync<T>(Func<ConnectionMultiplexer, Task<T>> call, CancellationToken cancellationToken)
    {
        var began = Time.GetTimestamp();
        var answer = CallAsync(call);
        try
        {
            // The library bounds the call, not the wait for a connection before it.
            return await answer.WaitAsync(_options.Timeout, Time, cancellationToken);
        }
        catch (Exception e)
            when (RedisOutage.Is(e)
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                || (e is ObjectDisposedException && !_client.IsClosed)
            ) // The multiplexer was replaced during the call.
        {
            _client.Failed(e, began);
            throw new RedisUnavailableException(
                $"Redis at {_options} is unavailable: {RedisOutage.Reason(e)}. If this lasts, check the server and {_options.PlaceKey}.",
                e
            );
        }
        finally
        {
            if (!answer.IsCompleted)
            {
                RedisClient.Observe(answer);
            }
        }
    }

    async Task<T> CallAsync<T>(Func<ConnectionMultiplexer, Task<T>> call)
    {
        var multiplexer = await _client.GetAsync();
        var result = await call(multiplexer);
        _client.Succeeded(multiplexer);
        return result;
    }
}
