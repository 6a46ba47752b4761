using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Monarch.Hosting;
using Monarch.Hosting.Processes;
using Monarch.Redis.Connection;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Missing_a_heartbeat
{
    readonly FakeLogger<ProcessDirectory> _log = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_report_a_dead_process_after_a_clock_change_of_Redis()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = Connect(server);
        await using var services = Services();
        var directory = Directory(services, redis);
        var state = await Own(services).ReadStateAsync(Token);

        await directory.WriteAsync(state, Token);
        await MakeOldAsync(redis, state);
        (await directory.ListAsync(Token)).ShouldHaveSingleItem().IsMissed.ShouldBe(true);
        (await directory.ListAsync(Token)).ShouldHaveSingleItem().IsMissed.ShouldBe(true);
        _log.Collector.Count.ShouldBe(1);

        await directory.WriteAsync(state, Token);
        (await directory.ListAsync(Token)).ShouldHaveSingleItem().IsMissed.ShouldBe(false);
        await MakeOldAsync(redis, state);
        await directory.ListAsync(Token);

        _log.Collector.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_skip_an_unreadable_heartbeat()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = Connect(server);
        await using var services = Services();
        var directory = Directory(services, redis);
        var state = await Own(services).ReadStateAsync(Token);
        await directory.WriteAsync(state, Token);
        await directory.WriteAsync(state with { Id = "other" }, Token);
        await redis.RunAsync(x => x.StringSetAsync("monarch:process:other", """{"id":"other","role":"workers"}"""), Token);

        (await directory.ListAsync(Token)).ShouldHaveSingleItem().Id.ShouldBe(state.Id);

        _log.Collector.Count.ShouldBe(0);
    }

    // As after the clock of Redis was set an hour ahead.
    static async Task MakeOldAsync(RedisConnection redis, ProcessState state) =>
        await redis.RunAsync(
            x => x.SortedSetIncrementAsync("monarch:processes", state.Id, -TimeSpan.FromHours(1).TotalMilliseconds),
            Token
        );

    static RedisConnection Connect(RedisServer server) =>
        new(
            Options.Create(new RedisOptions { Host = "127.0.0.1", Port = server.Port }),
            TimeProvider.System,
            NullLogger<RedisConnection>.Instance
        );

    static ServiceProvider Services() =>
        new ServiceCollection().AddMetrics().AddLogging().AddHealthChecks().Services.BuildServiceProvider();

    static ThisProcess Own(ServiceProvider services) =>
        new(HostRole.Workers, services.GetRequiredService<HealthCheckService>(), Options.Create(new ProcessOptions()), TimeProvider.System);

    ProcessDirectory Directory(ServiceProvider services, RedisConnection redis) =>
        new(Own(services), redis, new ProcessInstruments(services.GetRequiredService<IMeterFactory>()), _log);
}
