using Monarch.IntegrationTests.Journeys;

namespace Monarch.IntegrationTests.Links;

/// <summary>A worker that reaches Redis through a proxy.</summary>
public sealed class WorkerToRedis(Servers servers) : Link(servers)
{
    protected override bool NearIsBridge => false;

    internal override int FarPort(Fleet fleet) => fleet.Redis.Port;

    internal override (string Key, string Value) Setting(Fleet fleet, int port) => ("VALKEY_PORT", $"{port}");
}
