using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Redis;

public sealed class Starting_a_host_with_redis
{
    [Fact]
    public async Task Should_start_without_it_report_that_and_recover_when_it_is_available()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillAsync();
        using var host = TallyHost.Build(RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "1"));
        await host.StartAsync(Token);
        var sick = await HealthAsync(host);
        sick.Status.ShouldBe(HealthStatus.Unhealthy);
        sick.Description!.ShouldContain($"127.0.0.1:{server.Port}");

        await server.RestartAsync();
        await Until.TrueAsync(async () => (await HealthAsync(host)).Status == HealthStatus.Healthy, "the host is healthy");
        // The sagas and the sweeper recover too.
        var id = Guid.NewGuid();
        await host.Bus().Publish(new SleepUntil(id, TimeProvider.System.GetUtcNow()), Token);
        await Until.TrueAsync(async () => (await host.LoadAsync(id))?.WokenAt is not null, "the saga is woken");
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Should_refuse_a_server_that_may_evict()
    {
        await using var server = await RedisServer.StartAsync(
            new() { Arguments = ["--maxmemory", "50mb", "--maxmemory-policy", "allkeys-lru"] }
        );
        using var host = TallyHost.Build(RedisDatabase.Of(server));
        var refusal = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(Token));
        refusal.Message.ShouldContain("allkeys-lru");
        refusal.Message.ShouldContain("noeviction");
    }

    [Fact]
    public async Task Should_stop_when_a_late_check_finds_eviction()
    {
        await using var server = await RedisServer.StartAsync(
            new() { Arguments = ["--maxmemory", "50mb", "--maxmemory-policy", "allkeys-lru"] }
        );
        await server.KillAsync();
        using var host = TallyHost.Build(RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "1"));
        await host.StartAsync(Token);
        await server.RestartAsync();
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await Until.TrueAsync(() => stopping.IsCancellationRequested, "the host stops");
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Should_refuse_a_missing_password_and_accept_the_right_one()
    {
        await using var server = await RedisServer.StartAsync(new() { Password = "s3cret" });
        using var host = TallyHost.Build(RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "10"));
        await ShouldRefuseThePasswordAsync(host);

        using var right = TallyHost.Build(RedisDatabase.Of(server).With("VALKEY_PASSWORD", "s3cret"));
        await right.StartAsync(Token);
        (await HealthAsync(right)).Status.ShouldBe(HealthStatus.Healthy);
        await right.StopAsync(Token);
    }

    [Fact]
    public async Task Should_report_a_wrong_password()
    {
        await using var server = await RedisServer.StartAsync(new() { Password = "s3cret" });
        using var host = TallyHost.Build(RedisDatabase.Of(server).With("VALKEY_PASSWORD", "guess").With("VALKEY_TIMEOUT", "10"));
        await ShouldRefuseThePasswordAsync(host);
    }

    [Fact]
    public async Task Should_report_a_wrong_password_after_an_outage()
    {
        await using var server = await RedisServer.StartAsync(new() { Password = "s3cret" });
        await using var proxy = new TcpProxy(server.Port);
        proxy.Refuse();
        using var host = TallyHost.Build(
            RedisDatabase.Of(server).With("VALKEY_PORT", $"{proxy.Port}").With("VALKEY_PASSWORD", "guess").With("VALKEY_TIMEOUT", "1")
        );
        await host.StartAsync(Token);
        proxy.Heal();
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await Until.TrueAsync(() => stopping.IsCancellationRequested, "the host stops");
        await host.StopAsync(Token);
    }

    static async Task ShouldRefuseThePasswordAsync(IHost host) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(Token))).Message.ShouldContain("VALKEY_PASSWORD");

    static async Task<HealthReportEntry> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token)).Entries["redis"];
}
