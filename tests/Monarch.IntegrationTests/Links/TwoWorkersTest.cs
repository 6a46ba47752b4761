using Monarch.Contracts.Migrations;
using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Links;

/// <summary>A Bridge, a worker that is behind a proxy, and another one that comes later. One command copies a whole target.</summary>
public abstract class TwoWorkersTest(Servers servers) : IAsyncLifetime
{
    protected const int Issues = 70;

    Uri _web = null!;

    internal Fleet Fleet { get; private set; } = null!;

    internal TcpProxy Proxy { get; private set; } = null!;

    /// <summary>The one behind the proxy.</summary>
    internal MonarchProcess First { get; private set; } = null!;

    internal string Team { get; } = "teams/one";

    /// <summary>Which server the first worker reaches through the proxy.</summary>
    internal abstract (int Port, Func<int, (string Key, string Value)> Setting) Proxied { get; }

    public async ValueTask InitializeAsync()
    {
        Fleet = await Fleet.StartAsync(await servers.RabbitMqAsync(), Issues, latencyMilliseconds: 20);
        foreach (var (key, value) in Link.QuickSettings)
        {
            Fleet.Settings[key] = value;
        }

        Fleet.Settings["RUN_ISSUES"] = "100";
        Fleet.Settings["RUN_SECONDS"] = "60";
        Fleet.Sandbox.Seed(new() { FullName = Team });
        Proxy = new(Proxied.Port);
        var starting = await Task.WhenAll(
            Fleet.StartAsync("bridge"),
            Fleet.StartAsync("workers", settings: [Proxied.Setting(Proxy.Port), ("VALKEY_TIMEOUT", "60")])
        );
        (_web, First) = (starting[0].Web!, starting[1].Process);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Fleet.DisposeAsync();
        await Proxy.DisposeAsync();
    }

    internal Task<Guid?> RequestAsync() => Fleet.RequestAsync(_web, Fleet.Message([Team]), $"{Guid.NewGuid()}");

    internal Task IssuesAsync(int count) =>
        Until.TrueAsync(() => Fleet.Sandbox.Repository(Team).Count >= count, $"{count} issues are there", state: () => Fleet.Output);

    internal async Task ShouldEndWithEachIssueOnceAsync(Guid? batch)
    {
        await Until.TrueAsync(
            async () => (await Fleet.MigrationAsync(_web, batch!.Value)).EndedAt is not null,
            "the migration has ended",
            state: () => Fleet.Output
        );
        (await Fleet.MigrationAsync(_web, batch!.Value)).Status.ShouldBe(BatchStatus.Completed);
        Fleet.ShouldHoldTheSourceInOrder([Team]);
        Fleet.Sandbox.Requests().Creations.ShouldBe(Issues);
        var depths = await (await servers.RabbitMqManagementAsync()).QueueDepthsAsync(
            new Uri(Fleet.Settings["RABBITMQ_URL"]).AbsolutePath.Trim('/')
        );
        depths
            .Where(x => x.Key.EndsWith("_error", StringComparison.Ordinal) || x.Key.EndsWith("_skipped", StringComparison.Ordinal))
            .ShouldAllBe(x => x.Value == 0);
    }
}
