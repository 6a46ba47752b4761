using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using Shouldly;
using StackExchange.Redis;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Redis;

/// <summary>A failover behind one address: the server that the process is connected to becomes a replica, and refuses writes.</summary>
public sealed class Failing_over_Redis : IAsyncLifetime
{
    const string Write = "return redis.call('SET', KEYS[1], ARGV[1])";

    RedisServer _first = null!;
    TcpProxy _address = null!;
    RedisConnection _redis = null!;

    public async ValueTask InitializeAsync()
    {
        _first = await RedisServer.StartAsync();
        _address = new(_first.Port);
        _redis = new RedisDatabase(_address.Port).Connect();
        await WriteAsync("before");
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _address.DisposeAsync();
        await _first.DisposeAsync();
    }

    [Fact]
    public async Task Should_write_to_the_promoted_server_when_the_address_has_moved_to_it()
    {
        await using var second = await RedisServer.StartAsync();
        var received = 0;
        await using var subscription = await _redis.SubscribeAsync("news", _ => Interlocked.Increment(ref received), Token);

        // The connections to the first server stay open.
        await DemoteAsync(second.Port);
        _address.MoveTo(second.Port);

        await Until.TrueAsync(() => WritesAsync("after"), "the script writes");
        (await second.SendAsync("EXISTS after")).ShouldBe(":1");
        await _redis.RunAsync(x => x.StringSetAsync("command", "1"), Token);
        (await second.SendAsync("EXISTS command")).ShouldBe(":1");
        await Until.TrueAsync(
            async () => await second.SendAsync("PUBLISH news x") == ":1" && Volatile.Read(ref received) > 0,
            "it receives publications"
        );
    }

    [Fact]
    public async Task Should_write_again_when_the_server_is_promoted_after_dropping_clients()
    {
        await DemoteAsync(FreePort.Next());
        await _first.SendAsync("CLIENT KILL TYPE normal");
        await _first.SendAsync("CLIENT KILL TYPE pubsub");
        await Should.ThrowAsync<RedisUnavailableException>(() => WriteAsync("between"));
        // The client has detected that the server is a replica.
        await Until.TrueAsync(
            async () => await RefusalAsync("between") is { InnerException: not StackExchange.Redis.RedisServerException },
            "the role is known"
        );

        // StackExchange.Redis itself checks the role again after 60 s, on its existing connection.
        var made = _address.Made;
        await Until.TrueAsync(async () => await RefusalAsync("between") is not null && _address.Made > made, "the connection is replaced");
        await _first.SendAsync("REPLICAOF NO ONE");
        await Until.TrueAsync(() => WritesAsync("after"), "the script writes");
    }

    [Fact]
    public async Task Should_write_again_when_the_server_is_promoted_on_open_connections()
    {
        await DemoteAsync(FreePort.Next());
        await Should.ThrowAsync<RedisUnavailableException>(() => WriteAsync("between"));
        await _first.SendAsync("REPLICAOF NO ONE");
        await Until.TrueAsync(() => WritesAsync("after"), "the script writes");
    }

    [Fact]
    public async Task Should_be_unready_while_the_server_is_a_replica()
    {
        using var host = TallyHost.Build(new RedisDatabase(_address.Port));
        await host.StartAsync(Token);
        (await HealthAsync(host)).Status.ShouldBe(HealthStatus.Healthy);

        await DemoteAsync(FreePort.Next());
        await Until.TrueAsync(async () => (await HealthAsync(host)).Status == HealthStatus.Unhealthy, "it is unready");
        (await HealthAsync(host)).Description!.ShouldContain("replica");

        await _first.SendAsync("REPLICAOF NO ONE");
        await Until.TrueAsync(async () => (await HealthAsync(host)).Status == HealthStatus.Healthy, "it is ready");
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Should_start_while_the_server_is_a_replica_and_become_ready_when_it_is_promoted()
    {
        await DemoteAsync(FreePort.Next());
        using var host = TallyHost.Build(new RedisDatabase(_address.Port));
        await host.StartAsync(Token);
        (await HealthAsync(host)).Status.ShouldBe(HealthStatus.Unhealthy);

        await _first.SendAsync("REPLICAOF NO ONE");
        await Until.TrueAsync(async () => (await HealthAsync(host)).Status == HealthStatus.Healthy, "it is ready");
        await host.StopAsync(Token);
    }

    async Task DemoteAsync(int master) => (await _first.SendAsync($"REPLICAOF 127.0.0.1 {master}")).ShouldBe("+OK");

    Task<RedisResult> WriteAsync(string key) => _redis.EvaluateAsync(Write, [key], ["1"], Token);

    async Task<bool> WritesAsync(string key) => await RefusalAsync(key) is null;

    async Task<RedisUnavailableException?> RefusalAsync(string key)
    {
        try
        {
            await WriteAsync(key);
            return null;
        }
        catch (RedisUnavailableException e)
        {
            return e;
        }
    }

    static async Task<HealthReportEntry> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token)).Entries["redis"];
}
