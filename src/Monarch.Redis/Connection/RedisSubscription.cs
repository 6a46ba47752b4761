using StackExchange.Redis;

namespace Monarch.Redis.Connection;

/// <summary>The subscription of a channel, on the current multiplexer.</summary>
sealed class RedisSubscription(RedisClient client, string channel, Action<RedisValue> handler) : IAsyncDisposable
{
    readonly Lock _handling = new();
    volatile ChannelMessageQueue? _queue;
    volatile bool _ended;

    /// <summary>Subscribes; false when the subscription has been disposed meanwhile.</summary>
    public async Task<bool> BeginAsync(ConnectionMultiplexer multiplexer)
    {
        // A queue preserves the order of messages. The library calls plain handlers concurrently.
        var queue = _queue = await multiplexer.GetSubscriber().SubscribeAsync(RedisChannel.Literal(channel));
        if (_ended)
        {
            await queue.UnsubscribeAsync();
        }
        else
        {
            queue.OnMessage(Handle);
        }

        return !_ended;
    }

    public async ValueTask DisposeAsync()
    {
        _ended = true;
        client.Remove(this);
        try
        {
            await (_queue?.UnsubscribeAsync() ?? Task.CompletedTask);
        }
        catch (Exception e)
            when (e is TimeoutException or RedisConnectionException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection is lost, and with it the subscription.
        }
    }

    // While a multiplexer is replaced, two queues are read.
    void Handle(ChannelMessage message)
    {
        lock (_handling)
        {
            if (!_ended)
            {
                handler(message.Message);
            }
        }
    }
}
