using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>
/// The connection in use. The client library makes a new one when the old one was closed or reset; one that the network forgot without
/// a word it keeps, until the kernel gives up a quarter of an hour later. So a line that was silent for the whole time of a call is
/// given up for a new one, which takes over the subscriptions.
/// </summary>
sealed class RedisLine(RedisDialler dialler, TimeProvider time) : IAsyncDisposable
{
    readonly Lock _gate = new();
    readonly CancellationTokenSource _closing = new();
    readonly HashSet<(RedisChannel Channel, Action<RedisChannel, RedisValue> Hear)> _subscriptions = [];
    Task<ConnectionMultiplexer>? _current;
    long _answeredAt;

    public bool IsClosed => _closing.IsCancellationRequested;

    /// <summary>The multiplexer, which is made at the first call.</summary>
    public Task<ConnectionMultiplexer> GetAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(IsClosed, typeof(RedisConnection));
            return _current ??= DialAsync();
        }
    }

    /// <summary>The server is heard: to be called at each answer.</summary>
    public void Answered() => Volatile.Write(ref _answeredAt, time.GetTimestamp());

    /// <summary>Hears a channel, on this multiplexer and on every later one.</summary>
    public async Task SubscribeAsync(RedisChannel channel, Action<RedisChannel, RedisValue> hear)
    {
        await (await GetAsync()).GetSubscriber().SubscribeAsync(channel, hear);
        lock (_gate)
            _subscriptions.Add((channel, hear));
    }

    public async Task UnsubscribeAsync(RedisChannel channel, Action<RedisChannel, RedisValue> hear)
    {
        lock (_gate)
            _subscriptions.Remove((channel, hear));
        await (await GetAsync()).GetSubscriber().UnsubscribeAsync(channel, hear);
    }

    /// <summary>A call got no answer in its time. If nothing else did since it began, the next call is made on a new line.</summary>
    public void GiveUpIfSilentSince(long began)
    {
        lock (_gate)
        {
            if (Volatile.Read(ref _answeredAt) < began)
                Renew("silence");
        }
    }

    /// <summary>The next call is made on a new line.</summary>
    public void Renew(string reason)
    {
        lock (_gate)
        {
            // One that is still being made has its own time-out.
            if (_current is not { IsCompletedSuccessfully: true } old || IsClosed)
                return;
            dialler.Lost(reason);
            _current = DialAsync();
            Observe(CloseAsync(old));
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (IsClosed)
                return;
            _closing.Cancel();
        }
        if (_current is { } current)
            await CloseAsync(current);
        _closing.Dispose();
    }

    static async Task CloseAsync(Task<ConnectionMultiplexer> line) => await (await line).CloseAsync(false);

    async Task<ConnectionMultiplexer> DialAsync()
    {
        var multiplexer = await dialler.ConnectAsync(_closing.Token);
        Answered();
        lock (_gate)
        {
            // The library keeps them for when it is connected, so there is nothing to wait for.
            foreach (var (channel, hear) in _subscriptions)
                Observe(multiplexer.GetSubscriber().SubscribeAsync(channel, hear));
        }
        return multiplexer;
    }

    // Nobody awaits it: look at its exception, or the runtime reports it as unobserved.
    static void Observe(Task task) =>
        _ = task.ContinueWith(x => x.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
