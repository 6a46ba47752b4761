using System.Text.Json;
using Monarch.Hosting.Logging.Store;
using Monarch.IntegrationTests.Journeys;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Logs;

public sealed class Stopping_with_a_log
{
    [Fact]
    public async Task Should_store_every_line_of_the_console()
    {
        await using var fleet = await Fleet.StartAsync(issues: 10);
        fleet.Settings["MONARCH_LOG_LEVEL"] = "Debug";
        var (serve, web) = await fleet.StartAsync("serve");
        await fleet.PublishAsync(Fleet.Message(fleet.SeedTeams(2)));
        await fleet.EndedAsync(web!, 1);

        serve.Terminate();
        (await serve.WaitForExitAsync()).ShouldBe(0, serve.Output);

        await using var reader = StoredLog.On(RedisDatabase.Of(fleet.Redis));
        var console = serve
            .Output.Split('\n')
            .Where(line => line.StartsWith('{'))
            .Select(line => JsonElement.Parse(line))
            .Select(line => (Time(line), line.GetProperty("SourceContext").GetString()))
            .ToList();
        console.Count.ShouldBeGreaterThan(5);
        (await reader.ReadAllAsync(new() { Limit = LogQuery.MaxLimit }))
            .Select(line => (line.Time.ToUnixTimeMilliseconds(), line.Source))
            .ShouldBe(console, ignoreOrder: true);
    }

    static long Time(JsonElement line) => line.GetProperty("@t").GetDateTimeOffset().ToUnixTimeMilliseconds();
}
