using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>
/// One connection to Redis, shared by everything in the process. Every call ends within <see cref="RedisOptions.Timeout"/>, also when
/// the server hangs, and throws <see cref="RedisUnavailableException"/> when Redis is away. It connects at the first call
/// (or <see cref="ConnectAsync"/>), waits for a server that is not there yet, and comes back by itself.
/// </summary>
/// <remarks>
/// StackExchange.Redis' asynchronous calls have no time-out of their own, and its synchronous ones starve the thread pool: hence this
/// one place that everything goes through.
/// </remarks>
public sealed class RedisConnection(IOptions<RedisOptions> options, TimeProvider time, ILogger<RedisConnection> logger) : IAsyncDisposable
{
    readonly RedisOptions _options = options.Value;

    RedisLine Line { get; init; } = new(new(options.Value, options.Value.Timeout, time, logger), time);

    /// <summary>Connects and asks the server for a sign of life.</summary>
    /// <exception cref="RedisUnavailableException">It is away; the connection goes on trying by itself.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken) => ExecuteAsync("PING", cancellationToken);

    /// <summary>Runs one or several calls on the database.</summary>
    /// <param name="call">Uses asynchronous methods only.</param>
    /// <param name="cancellationToken">Ends the wait, not the call: it may still be carried out.</param>
    /// <exception cref="RedisUnavailableException">Redis is away, or <paramref name="call"/> did not end in time.</exception>
    public Task<T> RunAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken) =>
        WithinAsync(_options.Timeout, multiplexer => call(multiplexer.GetDatabase(_options.Database)), cancellationToken);

    /// <summary>Runs a Lua script as one atomic step; sends only its digest once the server knows it.</summary>
    /// <exception cref="RedisUnavailableException">Redis is away.</exception>
    /// <exception cref="RedisServerException">The script failed.</exception>
    public async Task<RedisResult> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(x => x.ScriptEvaluateAsync(script, keys, values), cancellationToken);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // The server was restarted or its scripts were flushed. Nothing has run; the second call sends the whole script.
            return await RunAsync(x => x.ScriptEvaluateAsync(script, keys, values), cancellationToken);
        }
    }

    /// <summary>Runs any command that does not block.</summary>
    /// <inheritdoc cref="EvaluateAsync"/>
    public Task<RedisResult> ExecuteAsync(string command, CancellationToken cancellationToken, params object[] args) =>
        RunAsync(x => x.ExecuteAsync(command, args), cancellationToken);

    /// <summary>
    /// Runs a command that waits on the server (BLOCK). Everything else on the same connection waits behind it:
    /// call it only on a <see cref="Dedicated"/> one.
    /// </summary>
    /// <param name="command">Such as XREADGROUP.</param>
    /// <param name="block">How long the server is told to wait, at most <see cref="LongestBlock"/>.</param>
    /// <param name="cancellationToken">Ends the wait, not the command: what it would have returned is still taken.</param>
    /// <param name="args">The command's arguments, the time to block among them.</param>
    public Task<RedisResult> ExecuteBlockingAsync(string command, TimeSpan block, CancellationToken cancellationToken, params object[] args)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(block, LongestBlock);
        return WithinAsync(block + _options.Timeout, x => x.GetDatabase(_options.Database).ExecuteAsync(command, args), cancellationToken);
    }

    /// <summary>The longest that <see cref="ExecuteBlockingAsync"/> lets the server wait.</summary>
    public static readonly TimeSpan LongestBlock = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Hears a channel until the result is disposed. The subscription survives restarts of the server,
    /// but what is published while it is away is gone: publish and subscribe promise nothing.
    /// </summary>
    /// <param name="channel">Its exact name.</param>
    /// <param name="handler">Called for one message after the other, on a thread of the connection: be quick and do not throw.</param>
    /// <param name="cancellationToken">Ends the wait for the server's answer.</param>
    /// <exception cref="RedisUnavailableException">Redis is away; try again.</exception>
    public async Task<IAsyncDisposable> SubscribeAsync(string channel, Action<RedisValue> handler, CancellationToken cancellationToken)
    {
        var literal = new RedisChannel(channel, RedisChannel.PatternMode.Literal);
        Action<RedisChannel, RedisValue> hear = (_, message) => handler(message);
        await WithinAsync(_options.Timeout, async _ =>
        {
            await Line.SubscribeAsync(literal, hear);
            return true;
        }, cancellationToken);
        return new Subscription(() => WithinAsync(_options.Timeout, async _ =>
        {
            await Line.UnsubscribeAsync(literal, hear);
            return true;
        }, CancellationToken.None));
    }

    /// <summary>Drops the connection and makes a new one, with every subscription: for one on which nothing is heard any more.</summary>
    /// <exception cref="RedisUnavailableException">Redis is away; the new connection goes on trying by itself.</exception>
    internal Task RenewAsync(CancellationToken cancellationToken)
    {
        Line.Renew("what is published is not heard");
        return ConnectAsync(cancellationToken);
    }

    /// <summary>Publishes a message; returns how many heard it.</summary>
    /// <exception cref="RedisUnavailableException">Redis is away.</exception>
    public Task<long> PublishAsync(string channel, RedisValue message, CancellationToken cancellationToken) => WithinAsync(_options.Timeout,
        x => x.GetSubscriber().PublishAsync(new RedisChannel(channel, RedisChannel.PatternMode.Literal), message), cancellationToken);

    /// <summary>A further connection to the same server, for blocking commands. Whoever asks for it disposes it.</summary>
    public RedisConnection Dedicated() =>
        // A blocking command is silent for long.
        new(options, time, logger) { Line = new(new(_options, LongestBlock + _options.Timeout, time, logger), time) };

    /// <summary>Closes the connection; calls that are under way fail.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Line.DisposeAsync().AsTask().WaitAsync(_options.Timeout, time);
        }
        catch (Exception e) when (RedisOutage.Is(e) || e is OperationCanceledException) { } // It is away already.
    }

    async Task<T> WithinAsync<T>(TimeSpan timeout, Func<ConnectionMultiplexer, Task<T>> call, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var answer = CallAsync(call);
        try
        {
            return await answer.WaitAsync(timeout, time, cancellationToken);
        }
        catch (Exception e) when (RedisOutage.Is(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            || (e is ObjectDisposedException && !Line.IsClosed)) // The line was given up at this moment.
        {
            throw new RedisUnavailableException($"Redis at {_options} is away or not ready ({RedisOutage.Reason(e)}). "
                + "It is tried again by itself; if it lasts, look at the server and VALKEY_HOST.", e);
        }
        finally
        {
            // Nobody awaits a call that was given up: look at its exception, or the runtime reports it as unobserved.
            if (!answer.IsCompleted)
            {
                if (!cancellationToken.IsCancellationRequested)
                    Line.GiveUpIfSilentSince(began);
                _ = answer.ContinueWith(x => x.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }
    }

    async Task<T> CallAsync<T>(Func<ConnectionMultiplexer, Task<T>> call)
    {
        try
        {
            var result = await call(await Line.GetAsync());
            Line.Answered();
            return result;
        }
        catch (RedisServerException)
        {
            Line.Answered();
            throw;
        }
    }

    sealed class Subscription(Func<Task> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try { await end(); }
            catch (Exception e) when (e is RedisUnavailableException or ObjectDisposedException) { } // Then nothing is heard any more either.
        }
    }
}
