using Monarch.IntegrationTests.Journeys;

namespace Monarch.IntegrationTests.Links;

/// <summary>A worker that reaches GitHub through a proxy.</summary>
public sealed class WorkerToGitHub(Servers servers) : Link(servers)
{
    protected override bool NearIsBridge => false;

    // Its health does not include GitHub.
    protected override Task<bool> HasNoticedAsync(int written, int made)
    {
        var output = Near.Output.AsSpan(written);
        return Task.FromResult(
            output.Contains("GitHub did not answer within", StringComparison.Ordinal)
                || output.Contains("GitHub could not be reached", StringComparison.Ordinal)
        );
    }

    internal override int FarPort(Fleet fleet) => fleet.Sandbox.GitHubUrl.Port;

    internal override (string Key, string Value) Setting(Fleet fleet, int port) =>
        ("GITHUB_API_URL", new UriBuilder(fleet.Sandbox.GitHubUrl) { Port = port }.Uri.ToString());
}
