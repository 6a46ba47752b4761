using System.Collections.Concurrent;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Redis;

public sealed class Calling_redis
{
    [Fact]
    public async Task Should_time_out_while_the_server_is_frozen_and_recover_after_it()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "0.5").Connect();
        await using var patient = RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "300").Connect();
        await patient.ConnectAsync(Token);
        await Until.TrueAsync(() => AnswersAsync(redis), "Redis answers");
        server.Freeze();
        var pending = patient.RunAsync(x => x.StringSetAsync("b", "1"), Token);
        await Should.ThrowAsync<TimeoutException>(() => redis.RunAsync(x => x.StringSetAsync("a", "1"), Token));
        await Should.ThrowAsync<RedisUnavailableException>(() => redis.EvaluateAsync("return 1", [], [], Token));
        pending.IsCompleted.ShouldBeFalse("a call takes as long as its connection's own time-out");

        server.Thaw();
        await Until.TrueAsync(() => AnswersAsync(redis), "Redis answers again");
        (await pending).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_send_a_script_again_that_the_server_has_flushed()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = RedisDatabase.Of(server).Connect();
        await redis.EvaluateAsync("return redis.call('INCR', KEYS[1])", ["n"], [], Token);
        await redis.ExecuteAsync("SCRIPT", Token, "FLUSH");
        ((int)await redis.EvaluateAsync("return redis.call('INCR', KEYS[1])", ["n"], [], Token)).ShouldBe(2);
    }

    [Fact]
    public async Task Should_reconnect_after_a_restart_with_subscriptions_and_scripts()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "1").Connect();
        var received = 0;
        await Until.TrueAsync(() => AnswersAsync(redis), "Redis answers");
        await using var subscription = await redis.SubscribeAsync("news", _ => Interlocked.Increment(ref received), Token);
        await redis.EvaluateAsync("return 1", [], [], Token);

        await server.KillAsync();
        await Should.ThrowAsync<RedisUnavailableException>(() => redis.ExecuteAsync("PING", Token));
        await server.RestartAsync();

        await Until.TrueAsync(() => AnswersAsync(redis), "Redis answers again");
        ((int)await redis.EvaluateAsync("return 1", [], [], Token)).ShouldBe(1);
        await Until.TrueAsync(
            async () =>
            {
                if (await AnswersAsync(redis))
                {
                    await redis.PublishAsync("news", "x", Token);
                }

                return Volatile.Read(ref received) > 0;
            },
            "the subscription is back"
        );
    }

    [Fact]
    public async Task Should_wait_for_a_server_that_has_not_started()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillAsync();
        await using var redis = RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "1").Connect();
        await Should.ThrowAsync<RedisUnavailableException>(() => redis.ConnectAsync(Token));
        await server.RestartAsync();
        await Until.TrueAsync(() => AnswersAsync(redis), "Redis answers");
    }

    [Fact]
    public async Task Should_treat_a_name_that_does_not_resolve_as_an_outage()
    {
        await using var redis = new RedisDatabase(6379).With("VALKEY_HOST", "redis.invalid").Connect();
        await Should.ThrowAsync<RedisUnavailableException>(() => redis.ConnectAsync(Token));
    }

    [Fact]
    public async Task Should_receive_publications_in_order()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = RedisDatabase.Of(server).Connect();
        var received = new ConcurrentQueue<int>();
        await using var subscription = await redis.SubscribeAsync("news", x => received.Enqueue((int)x), Token);
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(x => redis.PublishAsync("news", x, Token)));
        await Until.TrueAsync(() => received.Count == 2000, "all are received");
        received.ShouldBe(Enumerable.Range(0, 2000));
    }

    [Fact]
    public async Task Should_receive_nothing_for_a_cancelled_subscription()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = RedisDatabase.Of(server).Connect();
        var received = new ConcurrentQueue<string>();
        await redis.ConnectAsync(Token);

        // The library subscribes nevertheless.
        await Should.ThrowAsync<OperationCanceledException>(() =>
            redis.SubscribeAsync("news", _ => received.Enqueue("given up"), new(canceled: true))
        );
        await using var subscription = await redis.SubscribeAsync("news", x => received.Enqueue(x!), Token);
        await redis.PublishAsync("news", "one", Token);
        await redis.PublishAsync("news", "two", Token);

        await Until.TrueAsync(() => received.Contains("two"), "both are received");
        received.ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Should_receive_on_the_old_connection_until_it_is_replaced()
    {
        await using var server = await RedisServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        // A refused connection attempt takes nearly as long.
        await using var redis = new RedisDatabase(proxy.Port).With("VALKEY_TIMEOUT", "20").Connect();
        await using var platform = RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "60").Connect();
        var received = new ConcurrentQueue<string>();
        await redis.ConnectAsync(Token);
        await using var subscription = await redis.SubscribeAsync("news", x => received.Enqueue(x!), Token);

        proxy.Refuse();
        redis.Renew("a test");
        await platform.PublishAsync("news", "between", Token);
        await Until.TrueAsync(() => received.Contains("between"), "it is received");

        proxy.Heal();
        await Until.TrueAsync(() => AnswersAsync(redis), "Redis answers again");
        await Until.TrueAsync(async () => await platform.PublishAsync("news", "after", Token) == 1, "the old connection is closed");
        await Until.TrueAsync(() => received.Contains("after"), "the new one receives");
    }

    [Fact]
    public async Task Should_close_the_old_connection_after_twice_the_time_out()
    {
        await using var server = await RedisServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using var redis = new RedisDatabase(proxy.Port).With("VALKEY_TIMEOUT", "1").Connect();
        await using var platform = RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "60").Connect();
        await Until.TrueAsync(() => AnswersAsync(redis), "Redis answers");
        await using var subscription = await SubscribeAsync(redis, "news");

        proxy.Refuse();
        redis.Renew("a test");
        await Until.TrueAsync(
            async () => !await AnswersAsync(redis) && await platform.PublishAsync("news", "x", Token) == 0,
            "the server has no subscriber"
        );

        proxy.Heal();
        await Until.TrueAsync(
            async () => await AnswersAsync(redis) && await platform.PublishAsync("news", "x", Token) == 1,
            "the new one receives"
        );
    }

    [Fact]
    public async Task Should_receive_every_message_while_connections_are_replaced()
    {
        await using var server = await RedisServer.StartAsync();
        var patient = RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "60");
        await using var redis = patient.Connect();
        await using var platform = patient.Connect();
        await redis.ConnectAsync(Token);
        var received = new ConcurrentDictionary<int, bool>();
        await using var subscription = await redis.SubscribeAsync("news", x => received[BitConverter.ToInt32((byte[])x!)] = true, Token);

        for (var round = 0; round < 5; round++)
        {
            var publishing = Task.WhenAll(
                Enumerable
                    .Range(round * 200, 200)
                    .Select(x => platform.PublishAsync("news", (byte[])[.. BitConverter.GetBytes(x), .. new byte[10_000]], Token))
            );
            await Until.TrueAsync(() => received.ContainsKey(round * 200), "the first is received");
            redis.Renew("a test");
            await redis.ConnectAsync(Token);
            await publishing;
        }
        await Until.TrueAsync(() => received.Count == 1000, "all are received", state: () => $"{received.Count} are.");
    }

    static async Task<IAsyncDisposable> SubscribeAsync(RedisConnection redis, string channel)
    {
        IAsyncDisposable? subscription = null;
        await Until.TrueAsync(
            async () =>
            {
                try
                {
                    subscription = await redis.SubscribeAsync(channel, _ => { }, Token);
                }
                catch (RedisUnavailableException) { }
                return subscription is not null;
            },
            "it has subscribed"
        );
        return subscription!;
    }

    static async Task<bool> AnswersAsync(RedisConnection redis)
    {
        try
        {
            await redis.ExecuteAsync("PING", Token);
            return true;
        }
        catch (RedisUnavailableException)
        {
            return false;
        }
    }
}
