using Monarch.IntegrationTests.Journeys;

namespace Monarch.IntegrationTests.Links;

/// <summary>A Bridge that reaches RabbitMQ through a proxy.</summary>
public sealed class BridgeToRabbitMq(Servers servers) : Link(servers)
{
    protected override bool NearIsBridge => true;

    // Its health does not show the outage while MassTransit still considers the connection open.
    protected override Task<bool> HasNoticedAsync(int written, int made) =>
        Task.FromResult(Proxy.Made > made || Near.Output.AsSpan(written).Contains("Connection Failed", StringComparison.Ordinal));

    internal override int FarPort(Fleet fleet) => new Uri(fleet.Settings["RABBITMQ_URL"]).Port;

    internal override (string Key, string Value) Setting(Fleet fleet, int port) =>
        ("RABBITMQ_URL", new UriBuilder(fleet.Settings["RABBITMQ_URL"]) { Port = port }.Uri.ToString());
}
