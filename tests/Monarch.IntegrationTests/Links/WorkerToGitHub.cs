using Monarch.IntegrationTests.Journeys;

namespace Monarch.IntegrationTests.Links;

/// <summary>A worker that reaches GitHub through a proxy.</summary>
public sealed class WorkerToGitHub(Servers servers) : Link(servers)
{
    protected override bool NearIsBridge => false;

    internal override int FarPort(Fleet fleet) => fleet.Sandbox.GitHubUrl.Port;

    internal override (string Key, string Value) Setting(Fleet fleet, int port) =>
        ("GITHUB_API_URL", new UriBuilder(fleet.Sandbox.GitHubUrl) { Port = port }.Uri.ToString());
}
