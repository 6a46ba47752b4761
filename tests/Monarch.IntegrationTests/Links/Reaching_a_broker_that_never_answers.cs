using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Monarch.Testing.Proxies;
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
        fleet.Settings["RABBITMQ_GIVE_UP_AFTER"] = "10";
        var (workers, _) = await fleet.StartAsync("workers");

        // Connections are accepted, but never answered.
        proxy.BlackHole();
        proxy.Reset();

        (await workers.WaitForExitAsync()).ShouldBe(70, workers.Output);
        workers.Output.ShouldContain("although the broker's port is reachable");
    }

    [Fact]
    public async Task Should_report_the_refusal_of_the_broker_and_exit()
    {
        await using var fleet = await Fleet.StartAsync(
            new UriBuilder(await servers.RabbitMqAsync()) { Password = "another" }.Uri,
            issues: 1
        );
        fleet.Settings["RABBITMQ_GIVE_UP_AFTER"] = "8";
        var (workers, _) = await fleet.StartAsync("workers", untilReady: false);

        await Until.TrueAsync(
            async () => await fleet.IsReadyAsync(workers) || fleet.Health(workers).Contains("ACCESS_REFUSED", StringComparison.Ordinal),
            "it reports why it is not ready",
            state: () => $"{fleet.Health(workers)}\n{workers.Output}"
        );

        (await workers.WaitForExitAsync()).ShouldBe(70, workers.Output);
        workers
            .Output.Split('\n')
            .ShouldContain(x => x.Contains("although the broker's port is reachable: ") && x.Contains("ACCESS_REFUSED"));
    }
}
