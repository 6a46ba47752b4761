using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Monarch.Cli.Hosts;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Http;
using Monarch.Hosting.Startup;
using Monarch.Redis.Connection;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Health;

/// <summary>A process reports in <c>/health/ready</c> which connection is lost and since when, and recovers automatically.</summary>
public sealed class Losing_a_connection
{
    const string Request =
        """{"source_repo": "school/template", "all_target_repositories": ["team/one"], "notification_channel": "C06GHMZB3M3"}""";

    static readonly HttpClient Http = new();

    [Fact]
    public async Task Should_resubscribe_after_Redis_dropped_the_subscription()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var app = await StartAsync(HostRole.Serve, redis.Port);
        await using var platform = RedisDatabase.Of(redis).Connect();

        await platform.ExecuteAsync("CLIENT", Token, "KILL", "TYPE", "pubsub");

        await ShouldHearAsync(platform);
        await ShouldBecomeReadyAsync(app);
    }

    [Fact]
    public async Task Should_report_a_black_hole_to_Redis_and_resubscribe_afterwards()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var proxy = new TcpProxy(redis.Port);
        await using var app = await StartAsync(HostRole.Serve, proxy.Port);
        await using var platform = RedisDatabase.Of(redis).Connect();
        var lostAt = TimeProvider.System.GetUtcNow();

        // Both ends consider the connections open, but no data passes.
        proxy.BlackHole();

        var since = await ShouldBeUnreadyForAsync(app, "redis-subscription");
        since.ShouldBeInRange(lostAt, TimeProvider.System.GetUtcNow());
        proxy.Heal();
        await ShouldBecomeReadyAsync(app);
        await ShouldHearAsync(platform);
    }

    [Fact]
    public async Task Should_renew_a_connection_that_receives_nothing()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var app = await StartAsync(HostRole.Serve, redis.Port);
        await using var platform = RedisDatabase.Of(redis).Connect();

        using var recovered = Recovered(app);

        // As if the server had lost it: only the client library notices.
        var connection = app.Services.GetRequiredService<RedisConnection>();
        var multiplexer = await connection.RunAsync(x => Task.FromResult(x.Multiplexer), Token);
        await multiplexer.GetSubscriber().UnsubscribeAllAsync();

        await ShouldBeUnreadyForAsync(app, "redis-subscription");
        await ShouldBecomeReadyAsync(app);
        await ShouldHearAsync(platform);
        multiplexer.IsConnected.ShouldBeFalse();
        await Until.TrueAsync(() => Components(recovered).Contains("redis_subscription"), "the recovery is counted");
    }

    [Fact]
    public async Task Should_report_a_long_outage_of_the_bus_and_reconnect()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var broker = await RabbitMqServer.StartAsync();
        await using var app = await StartAsync(HostRole.Workers, redis.Port, ("RABBITMQ_URL", $"{broker.AmqpUri}"));

        using var recovered = Recovered(app);
        var stopping = broker.StopAsync();
        Answer? health = null;
        await Until.TrueAsync(async () => (health = await ReadAsync(app)).Status("bus") == "Degraded", "the loss is seen");
        health!.Code.ShouldBe(HttpStatusCode.OK);
        await stopping;
        var since = await ShouldBeUnreadyForAsync(app, "bus");
        since.ShouldBe(health.Since("bus"));

        await broker.RestartAsync();
        await ShouldBecomeReadyAsync(app);
        // More than once if its endpoints do not all stay connected at first.
        await Until.TrueAsync(() => Components(recovered).Contains("rabbitmq"), "the recovery is counted");
    }

    static MetricCollector<long> Recovered(WebApplication app) =>
        new(app.Services.GetRequiredService<IMeterFactory>(), "Monarch", "monarch.recovery.outcomes");

    static IEnumerable<object?> Components(MetricCollector<long> recovered) =>
        recovered
            .GetMeasurementSnapshot()
            .Where(x => x is { Value: > 0 } && Equals(x.Tags["outcome"], "recovered"))
            .Select(x => x.Tags["component"]);

    static async Task<WebApplication> StartAsync(HostRole role, int redisPort, params (string Key, string Value)[] settings)
    {
        var all = MonarchHosts.Private();
        (all["VALKEY_HOST"], all["VALKEY_PORT"], all["VALKEY_TIMEOUT"]) = ("127.0.0.1", $"{redisPort}", "1");
        (all["GITHUB_API_URL"], all["GH_PAT"], all["SLACK_BOT_TOKEN"]) = ("http://127.0.0.1:9/", "a-token", "");
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var builder = MonarchHosts.CreateBuilder(role, all);
        builder.Services.AddSingleton(
            new SubscriptionWatchOptions { Every = TimeSpan.FromMilliseconds(200), EchoTimeout = TimeSpan.FromSeconds(1) }
        );
        builder.Services.AddSingleton(new BusHealthOptions { Grace = TimeSpan.FromSeconds(5) });
        var app = builder.BuildHost(MonarchHosts.Map);
        await app.StartAsync(Token);
        await ShouldBecomeReadyAsync(app);
        return app;
    }

    static async Task ShouldHearAsync(RedisConnection platform)
    {
        await Until.TrueAsync(
            async () => await platform.PublishAsync("channel_migrate_issue_tickets", Request, Token) == 1,
            "a Bridge listens"
        );
        await Until.TrueAsync(
            async () => (long)await platform.ExecuteAsync("ZCARD", Token, "monarch:views") == 1,
            "the request is accepted"
        );
    }

    static Task ShouldBecomeReadyAsync(WebApplication app) =>
        Until.TrueAsync(async () => (await ReadAsync(app)).Code == HttpStatusCode.OK, "it is ready");

    static async Task<DateTimeOffset> ShouldBeUnreadyForAsync(WebApplication app, string check)
    {
        DateTimeOffset? since = null;
        await Until.TrueAsync(
            async () =>
            {
                var health = await ReadAsync(app);
                since =
                    health.Code == HttpStatusCode.ServiceUnavailable && health.Status(check) == "Unhealthy" ? health.Since(check) : null;
                return since is not null;
            },
            $"it reports the loss of {check}"
        );
        return since!.Value;
    }

    static async Task<Answer> ReadAsync(WebApplication app)
    {
        using var answer = await Http.GetAsync(new Uri(app.Services.GetRequiredService<HostAddresses>().Metrics, "health/ready"), Token);
        return new(
            answer.StatusCode,
            JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Token)).RootElement.GetProperty("checks")
        );
    }

    sealed record Answer(HttpStatusCode Code, JsonElement Checks)
    {
        public string? Status(string check) => Checks.GetProperty(check).GetProperty("status").GetString();

        public DateTimeOffset Since(string check) => Checks.GetProperty(check).GetProperty("since").GetDateTimeOffset();
    }
}
