using System.Text.Json;
using Monarch.Bridge.Intake;
using Monarch.Testing;
using Monarch.Tests.Bridge;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Health;

public sealed class Summarising_the_health
{
    [Fact]
    public async Task Should_show_the_connection_and_the_time_since_the_last_message()
    {
        await using var redis = await RedisServer.StartAsync(new() { AppendOnly = true });
        var settings = RedisDatabase.Of(redis).With("VALKEY_TIMEOUT", "1").With("MONARCH_API_KEY", "open-sesame").Settings;
        await using var bridge = await BridgeHost.AloneAsync([.. settings.Select(setting => (setting.Key, setting.Value))]);

        await UntilAsync(health => Text(health, "status") == "healthy" && Text(health, "connection") == "connected");
        (await HealthAsync()).TryGetProperty("secondsSinceLastMessage", out _).ShouldBeFalse("there was none");
        await redis.SendAsync($"PUBLISH {PlatformListener.Channel} nonsense");
        await UntilAsync(health =>
            health.TryGetProperty("secondsSinceLastMessage", out var seconds) && seconds.GetDouble() is >= 0 and < 60
        );
        (await HealthAsync()).GetProperty("uptimeSeconds").GetDouble().ShouldBeGreaterThan(0);
        await redis.KillAsync();
        await UntilAsync(health => Text(health, "status") == "unhealthy" && Text(health, "connection") == "disconnected");

        async Task<JsonElement> HealthAsync()
        {
            // No key, as from a load balancer; a 503 has the body as well.
            using var answer = await bridge.Web.GetAsync("/health", Token);
            return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token));
        }

        Task UntilAsync(Func<JsonElement, bool> condition) =>
            Until.TrueAsync(async () => condition(await HealthAsync()), "the health is as expected");
    }

    static string? Text(JsonElement health, string name) => health.TryGetProperty(name, out var value) ? value.GetString() : null;
}
