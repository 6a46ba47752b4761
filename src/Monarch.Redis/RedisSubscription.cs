using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>A channel's subscription, on one multiplexer after the other.</summary>
sealed class RedisSubscription(RedisClient client, string channel, Action<RedisValue> handler) : IAsyncDisposable
{
    readonly Lock _handling = new();
    volatile ChannelMessageQueue? _queue;
    volatile bool _ended;

    /// <summary>Subscribes; false when the subscription has been disposed meanwhile.</summary>
    public async Task<bool> BeginAsync(ConnectionMultiplexer multiplexer)
    {
        // A queue keeps the order of the messages. The library calls plain handlers for several messages at once.
        var queue = _queue = await multiplexer.GetSubscriber().SubscribeAsync(RedisChannel.Literal(channel));
        if (_ended)
            await queue.UnsubscribeAsync();
        else
            queue.OnMessage(Handle);
        return !_ended;
    }

    public async ValueTask DisposeAsync()
    {
        _ended = true;
        client.Forget(this);
        try { await (_queue?.UnsubscribeAsync() ?? Task.CompletedTask); }
        catch (Exception e) when (e is TimeoutException or RedisConnectionException or ObjectDisposedException or OperationCanceledException)
        {
            // Nothing is received any more either.
        }
    }

    // While a multiplexer is replaced, two queues are read.
    void Handle(ChannelMessage message)
    {
        lock (_handling)
        {
            if (!_ended)
                handler(message.Message);
        }
    }
}
