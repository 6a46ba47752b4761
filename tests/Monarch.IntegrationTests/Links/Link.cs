using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Links;

/// <summary>
/// A Bridge and a worker, one of which reaches one server through a proxy. The tests of a class share them, one after the other: the
/// same processes survive every fault.
/// </summary>
public abstract class Link(Servers servers) : IAsyncLifetime
{
    const int Issues = 20;
    const int Teams = 3;

    MonarchProcess _bridge = null!,
        _worker = null!;
    int _migrations;

    internal Fleet Fleet { get; private set; } = null!;

    internal TcpProxy Proxy { get; private set; } = null!;

    /// <summary>The process at the near end of the link.</summary>
    internal MonarchProcess Near => NearIsBridge ? _bridge : _worker;

    /// <summary>The address of the Bridge.</summary>
    internal Uri Web { get; private set; } = null!;

    protected abstract bool NearIsBridge { get; }

    /// <summary>Where the server at the far end listens.</summary>
    internal abstract int FarPort(Fleet fleet);

    /// <summary>The setting that leads the near end to the proxy.</summary>
    internal abstract (string Key, string Value) Setting(Fleet fleet, int port);

    public async ValueTask InitializeAsync()
    {
        Fleet = await Fleet.StartAsync(await servers.RabbitMqAsync(), Issues, latencyMilliseconds: 20);
        foreach (var (key, value) in QuickSettings)
        {
            Fleet.Settings[key] = value;
        }

        Proxy = new(FarPort(Fleet));
        var proxied = Setting(Fleet, Proxy.Port);
        var starting = await Task.WhenAll(
            Fleet.StartAsync("bridge", settings: NearIsBridge ? [proxied] : []),
            Fleet.StartAsync("workers", settings: NearIsBridge ? [] : [proxied])
        );
        ((_bridge, var web), (_worker, _)) = (starting[0], starting[1]);
        Web = web!;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Fleet.DisposeAsync();
        await Proxy.DisposeAsync();
    }

    /// <summary>Migrates, disturbs the link after a quarter of the issues, heals it, and verifies every guarantee.</summary>
    /// <param name="disturb">Ends when the link may be healed.</param>
    internal async Task ShouldSurviveAsync(Func<Task> disturb)
    {
        var (before, number) = (Fleet.Sandbox.Requests().Creations, ++_migrations);
        var teams = SeedTeams($"migration-{number}");
        var channel = $"C0LINK{number:D4}";
        var batch = await RequestAsync(Fleet.Message(teams, channel));
        await Until.TrueAsync(
            () => Fleet.Sandbox.Requests().Creations >= before + (Issues * Teams / 4),
            "the migration is in progress",
            state: () => Fleet.Output
        );
        Fleet.Sandbox.Requests().Creations.ShouldBeLessThan(before + (Issues * Teams), "the fault came too late");

        try
        {
            await disturb();
        }
        finally
        {
            Proxy.Heal();
        }

        await ShouldHaveMigratedAsync(batch, teams, channel);
        Fleet.Sandbox.Requests().Creations.ShouldBe(before + (Issues * Teams));
    }

    /// <summary>Verifies every guarantee about a migration of all issues into these teams.</summary>
    internal async Task ShouldHaveMigratedAsync(Guid batch, IReadOnlyList<string> teams, string channel)
    {
        (await EndedAsync(batch)).Status.ShouldBe(BatchStatus.Completed);
        Fleet.ShouldHoldTheSourceInOrder(teams);
        await Until.TrueAsync(
            () =>
                Fleet
                    .Sandbox.SlackMessages()
                    .LastOrDefault(x => x.Channel == channel)
                    ?.Text.Contains($"all {Issues} issues migrated", StringComparison.Ordinal) == true,
            "Slack's newest message shows the end",
            state: () => Fleet.Output
        );
        await ShouldHaveFailedNothingAsync();
        await ShouldConsumeEveryQueueAsync();
        new[] { _bridge, _worker }.ShouldAllBe(x => !x.HasExited);
        await Until.TrueAsync(() => Fleet.IsReadyAsync(Near), "the process is ready again", state: () => Near.Output);
    }

    /// <summary>New and empty repositories.</summary>
    internal IReadOnlyList<string> SeedTeams(string name)
    {
        List<string> teams = [.. Enumerable.Range(1, Teams).Select(n => $"teams/{name}-{n}")];
        teams.ForEach(team => Fleet.Sandbox.Seed(new() { FullName = team }));
        return teams;
    }

    /// <summary>Sends a request over HTTP until it is accepted.</summary>
    internal async Task<Guid> RequestAsync(string message)
    {
        var key = $"{Guid.NewGuid()}";
        Guid? batch = null;
        await Until.TrueAsync(
            async () => (batch = await Fleet.RequestAsync(Web, message, key)) is not null,
            "the request is accepted",
            state: () => _bridge.Output
        );
        return batch!.Value;
    }

    /// <summary>Disturbs the link; ends when the near end has noticed.</summary>
    internal Task NoticesAsync(Action fault)
    {
        var (written, made) = (Near.Output.Length, Proxy.Made);
        fault();
        return Until.TrueAsync(() => HasNoticedAsync(written, made), "the process notices", state: () => Near.Output);
    }

    /// <summary>Whether the near end reports a problem.</summary>
    /// <param name="written">The length of its output before the fault.</param>
    /// <param name="made">The connections that it had made before the fault.</param>
    protected virtual async Task<bool> HasNoticedAsync(int written, int made) => !await Fleet.IsReadyAsync(Near);

    /// <summary>Waits until this number of further issues exists.</summary>
    internal Task MoreIssuesAsync(int count)
    {
        var before = Fleet.Sandbox.Requests().Creations;
        return Until.TrueAsync(
            () => Fleet.Sandbox.Requests().Creations >= before + count,
            $"{count} more issues are there",
            state: () => Fleet.Output
        );
    }

    /// <summary>How often a link is broken in one test.</summary>
    internal virtual int Times => 3;

    /// <summary>Cuts each connection after a number of bytes; waits until some were cut.</summary>
    internal Task TearAsync(int bytes, Flow flow)
    {
        var before = Proxy.Torn;
        Proxy.CutAfter(bytes, flow);
        return Until.TrueAsync(() => Proxy.Torn >= before + Times, "connections are torn", state: () => Near.Output);
    }

    async Task<MigrationView> EndedAsync(Guid batch)
    {
        MigrationView? view = null;
        await Until.TrueAsync(
            async () => (view = await FindAsync(batch))?.EndedAt is not null,
            "the migration has ended",
            state: () => Fleet.Output
        );
        return view!;
    }

    async Task<MigrationView?> FindAsync(Guid batch)
    {
        try
        {
            return await Fleet.MigrationAsync(Web, batch);
        }
        catch (HttpRequestException)
        {
            return null;
        } // Not yet.
    }

    async Task ShouldHaveFailedNothingAsync()
    {
        var depths = await (await servers.RabbitMqManagementAsync()).QueueDepthsAsync(VirtualHost);
        depths.Where(x => IsAside(x.Key)).ShouldAllBe(x => x.Value == 0);
    }

    async Task ShouldConsumeEveryQueueAsync()
    {
        IReadOnlyDictionary<string, int> consumers = new Dictionary<string, int>();
        await Until.TrueAsync(
            async () =>
                (consumers = await (await servers.RabbitMqManagementAsync()).ConsumersAsync(VirtualHost)).All(x =>
                    IsAside(x.Key) || x.Value > 0
                ),
            "every queue has a consumer",
            state: () => $"Consumers: {string.Join(", ", consumers.Select(x => $"{x.Key} {x.Value}"))}\n{Near.Output}"
        );
    }

    string VirtualHost => new Uri(Fleet.Settings["RABBITMQ_URL"]).AbsolutePath.Trim('/');

    static bool IsAside(string queue) =>
        queue.EndsWith("_error", StringComparison.Ordinal) || queue.EndsWith("_skipped", StringComparison.Ordinal);

    internal static IReadOnlyDictionary<string, string> QuickSettings =>
        new Dictionary<string, string>
        {
            ["GITHUB_TIMEOUT"] = "2",
            ["GITHUB_SETTLE"] = "2",
            ["GITHUB_BREAKER_RESET"] = "0.2",
            ["MIGRATION_RETRY_DELAY"] = "0.2",
            ["MIGRATION_STALL_AFTER"] = "3",
            ["INTAKE_RESEND_AFTER"] = "2",
            ["VALKEY_TIMEOUT"] = "1",
            ["RABBITMQ_HEARTBEAT"] = "2",
            // Several commands for each target.
            ["RUN_ISSUES"] = "5",
        };
}
