using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Links;

public sealed class Reaching_a_broker_that_never_answers(Servers servers)
{
    [Fact]
    public async Task Should_exit_when_the_bus_cannot_reconnect()
    {
        var broker = await servers.RabbitMqAsync();
        await using var proxy = new TcpProxy(broker.Port);
        await using var fleet = await Fleet.StartAsync(new UriBuilder(broker) { Port = proxy.Port }.Uri, issues: 1);
        fleet.Settings["RABBITMQ_HEARTBEAT"] = "1";
        fleet.Settings["RABBITMQ_GIVE_UP_AFTER"] = "3";
        var (workers, _) = await fleet.StartAsync("workers");

        // Connections are accepted, and never carry an answer.
        proxy.BlackHole();
        proxy.Reset();

        (await workers.WaitForExitAsync()).ShouldBe(70, workers.Output);
        workers.Output.ShouldContain("although the broker's port can be reached");
    }
}
