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
    readonly RedisLine _line = new(new(options.Value, time, logger), time);

    internal TimeProvider Time => time;

    /// <summary>Connects and asks the server for a sign of life.</summary>
    /// <exception cref="RedisUnavailableException">It is away; the connection goes on trying by itself.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken) => ExecuteAsync("PING", cancellationToken);

    /// <summary>Runs one or several calls on the database.</summary>
    /// <param name="call">Uses asynchronous methods only.</param>
    /// <param name="cancellationToken">Ends the wait, not the call: it may still be carried out.</param>
    /// <exception cref="RedisUnavailableException">Redis is away, or <paramref name="call"/> did not end in time.</exception>
    public Task<T> RunAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken) =>
        WithinAsync(multiplexer => call(multiplexer.GetDatabase(_options.Database)), cancellationToken);

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
        await WithinAsync(async _ =>
        {
            await _line.SubscribeAsync(literal, hear);
            return true;
        }, cancellationToken);
        return new Subscription(() => WithinAsync(async _ =>
        {
            await _line.UnsubscribeAsync(literal, hear);
            return true;
        }, CancellationToken.None));
    }

    /// <summary>Drops the connection for a new one, with every subscription; the next call makes use of it.</summary>
    internal void Renew(string reason) => _line.Renew(reason);

    /// <summary>Publishes a message; returns how many heard it.</summary>
    /// <exception cref="RedisUnavailableException">Redis is away.</exception>
    public Task<long> PublishAsync(string channel, RedisValue message, CancellationToken cancellationToken) => WithinAsync(
        x => x.GetSubscriber().PublishAsync(new RedisChannel(channel, RedisChannel.PatternMode.Literal), message), cancellationToken);

    /// <summary>Closes the connection; calls that are under way fail.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _line.DisposeAsync().AsTask().WaitAsync(_options.Timeout, time);
        }
        catch (Exception e) when (RedisOutage.Is(e) || e is OperationCanceledException) { } // It is away already.
    }

    async Task<T> WithinAsync<T>(Func<ConnectionMultiplexer, Task<T>> call, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var answer = CallAsync(call);
        try
        {
            return await answer.WaitAsync(_options.Timeout, time, cancellationToken);
        }
        catch (Exception e) when (RedisOutage.Is(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            || (e is ObjectDisposedException && !_line.IsClosed)) // The line was given up at this moment.
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
                    _line.GiveUpIfSilentSince(began);
                _ = answer.ContinueWith(x => x.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }
    }

    async Task<T> CallAsync<T>(Func<ConnectionMultiplexer, Task<T>> call)
    {
        try
        {
            var result = await call(await _line.GetAsync());
            _line.Answered();
            return result;
        }
        catch (RedisServerException)
        {
            _line.Answered();
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
