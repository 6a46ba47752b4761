using MassTransit;
using Monarch.Testing;
using Shouldly;
using StackExchange.Redis;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Redis;

public sealed class Creating_the_same_saga_concurrently(Servers servers)
{
    [Fact]
    public async Task Should_end_with_one_instance_that_has_handled_every_event()
    {
        var database = await servers.RedisAsync();
        using var one = await TallyHost.StartAsync(database);
        using var other = await TallyHost.StartAsync(database);
        var tallies = Enumerable.Range(0, 400).Select(_ => NewId.NextGuid()).ToList();
        await Task.WhenAll(tallies.SelectMany(x => new[] { one, other, one, other }.Select(h => h.Bus().Publish(new CountOne(x), Token))));

        foreach (var tally in tallies)
        {
            await Until.TrueAsync(async () => (await one.LoadAsync(tally))?.Count == 4, "all four events are counted");
        }

        await using var redis = database.Connect();
        ((RedisResult[])(await redis.ExecuteAsync("KEYS", Token, TallyHost.KeyPrefix + "*"))!).Length.ShouldBe(400);
        await one.StopAsync(Token);
        await other.StopAsync(Token);
    }
}
