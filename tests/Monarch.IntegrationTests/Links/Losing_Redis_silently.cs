using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using Monarch.Redis.Streams;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Links;

/// <summary>The network drops a connection without notifying either end; new connections work.</summary>
public sealed class Losing_Redis_silently : IAsyncLifetime
{
    RedisServer _server = null!;
    TcpProxy _proxy = null!;
    RedisConnection _redis = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _proxy = new(_server.Port);
        _redis = new RedisDatabase(_proxy.Port).With("VALKEY_TIMEOUT", "3").Connect();
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Should_reconnect()
    {
        await _redis.ConnectAsync(Token);
        _proxy.Strand();
        await Should.ThrowAsync<RedisUnavailableException>(() => _redis.ConnectAsync(Token));
        await Until.TrueAsync(AnswersAsync, "Redis is there again");
    }

    [Fact]
    public async Task Should_reconnect_under_concurrent_calls()
    {
        // One connection for calls, and one for subscriptions.
        await using var subscription = await _redis.SubscribeAsync("news", _ => { }, Token);
        _proxy.Made.ShouldBe(2);
        _proxy.Strand();
        await Until.TrueAsync(
            async () => (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AnswersAsync()))).All(x => x),
            "all are answered"
        );
        await Until.TrueAsync(() => _proxy.Made >= 4, "both are replaced");
        _proxy.Made.ShouldBe(4, "each is replaced once");
    }

    [Fact]
    public async Task Should_receive_publications_again()
    {
        var received = 0;
        await using var subscription = await _redis.SubscribeAsync("news", _ => Interlocked.Increment(ref received), Token);
        _proxy.Strand();
        await Should.ThrowAsync<RedisUnavailableException>(() => _redis.ConnectAsync(Token));

        await using var publisher = RedisDatabase.Of(_server).Connect();
        await Until.TrueAsync(
            async () =>
            {
                await publisher.PublishAsync("news", "x", Token);
                return Volatile.Read(ref received) > 0;
            },
            "it receives publications"
        );
    }

    [Fact]
    public async Task Should_read_a_stream_again()
    {
        await using var work = new RedisWorkGroup(_redis, "work", "group", "consumer");
        await work.ReadNewAsync(1, TimeSpan.FromMilliseconds(10), Token);
        _proxy.Strand();
        await Should.ThrowAsync<RedisUnavailableException>(() => _redis.ConnectAsync(Token));

        await Until.TrueAsync(AnswersAsync, "it can write");
        await work.AddAsync(new Dictionary<string, string> { ["a"] = "b" }, Token);
        // Redis may still deliver the entry to the lost reader: then it is claimed.
        await Until.TrueAsync(
            async () =>
                (await work.ReadNewAsync(1, TimeSpan.FromMilliseconds(100), Token)).Count
                    + (await work.ClaimIdleAsync(TimeSpan.FromMilliseconds(1), 1, Token)).Count
                > 0,
            "the entry is read"
        );
    }

    async Task<bool> AnswersAsync()
    {
        try
        {
            await _redis.ConnectAsync(Token);
            return true;
        }
        catch (RedisUnavailableException)
        {
            return false;
        }
    }
}
