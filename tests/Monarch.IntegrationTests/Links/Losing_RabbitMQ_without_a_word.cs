using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Links;

public sealed class Losing_RabbitMQ_without_a_word(Servers servers)
{
    [Fact]
    public async Task Should_end_to_be_started_again_when_the_bus_does_not_find_back_to_a_broker_that_can_be_reached()
    {
        var broker = await servers.RabbitMqAsync();
        await using var proxy = new TcpProxy(broker.Port);
        await using var fleet = await Fleet.StartAsync(new UriBuilder(broker) { Port = proxy.Port }.Uri, issues: 1);
        fleet.Settings["RABBITMQ_HEARTBEAT"] = "1";
        fleet.Settings["RABBITMQ_GIVE_UP_AFTER"] = "3";
        var (workers, _) = await fleet.StartAsync("workers");

        // Connections are taken, and nothing ever comes back on them.
        proxy.BlackHole();
        proxy.Reset();

        (await workers.WaitForExitAsync(TimeSpan.FromSeconds(90))).ShouldBe(70, workers.Output);
        workers.Output.ShouldContain("though the broker can be reached");
    }
}
