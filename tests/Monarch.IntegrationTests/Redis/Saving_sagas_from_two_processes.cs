using MassTransit;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Redis;

public sealed class Saving_sagas_from_two_processes(Servers servers)
{
    [Fact]
    public async Task Should_count_every_one_of_20000_events_exactly_once()
    {
        var database = await servers.RedisAsync();
        var tallies = Enumerable.Range(0, 50).Select(_ => NewId.NextGuid()).ToList();
        await using var one = await TallyProcess.StartAsync(database, 200, tallies);
        await using var other = await TallyProcess.StartAsync(database, 200, tallies);
        (await one.WaitForExitAsync()).ShouldBe(0, one.Output);
        (await other.WaitForExitAsync()).ShouldBe(0, other.Output);

        using var host = TallyHost.Build(database);
        var counts = await Task.WhenAll(tallies.Select(async x => (await host.LoadAsync(x))!.Count));
        counts.ShouldAllBe(x => x == 400);
    }
}
