using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Monarch.Bridge.Api;
using Monarch.Hosting.Processes;
using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Health;

public sealed class Listing_processes(Servers servers)
{
    static readonly HttpClient Http = new();

    [Fact]
    public async Task Should_list_live_processes_and_remove_dead_ones()
    {
        await using var fleet = await Fleet.StartAsync(await servers.RabbitMqAsync(), issues: 1);
        var (bridge, web) = await fleet.StartAsync("bridge");
        var starting = await Task.WhenAll(fleet.StartAsync("workers"), fleet.StartAsync("workers"));
        var (stopped, killed) = (starting[0].Process, starting[1].Process);
        int[] all = [bridge.Id, stopped.Id, killed.Id];

        IReadOnlyList<ProcessState> processes = [];
        await Until.TrueAsync(
            async () => (processes = await ListAsync(web!)).Count == 3 && processes.All(x => x.IsReady),
            "all are there and ready",
            state: () => string.Join('\n', processes)
        );
        processes.Select(x => x.ProcessId).ShouldBe(all, ignoreOrder: true);
        processes.Select(x => x.Role).Order().ShouldBe(["bridge", "workers", "workers"]);
        processes.ShouldAllBe(x =>
            x.Host == Environment.MachineName && x.StartedAt <= x.SeenAt && x.Version.Length > 0 && x.Reason == null
        );

        // A process that stops gracefully removes its key; that of a killed one expires.
        stopped.Terminate();
        (await stopped.WaitForExitAsync()).ShouldBe(0, stopped.Output);
        (await ListAsync(web!)).Select(x => x.ProcessId).ShouldBe([bridge.Id, killed.Id], ignoreOrder: true);

        await killed.KillAsync();
        var key = $"monarch:process:{processes.Single(x => x.ProcessId == killed.Id).Id}";
        long.Parse(await fleet.CliAsync("--raw", "TTL", key), CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        await fleet.CliAsync("DEL", key);
        (await ListAsync(web!)).ShouldHaveSingleItem().ProcessId.ShouldBe(bridge.Id);
        (await fleet.CliAsync("--raw", "ZCARD", "monarch:processes")).ShouldBe("1");
    }

    [Fact]
    public async Task Should_detect_a_suspended_process_and_its_recovery()
    {
        await using var fleet = await Fleet.StartAsync(await servers.RabbitMqAsync(), issues: 1);
        fleet.Settings["MONARCH_HEARTBEAT"] = "1";
        var (bridge, web) = await fleet.StartAsync("bridge");
        var (worker, _) = await fleet.StartAsync("workers");
        await Until.TrueAsync(
            async () => (await ListAsync(web!)).Count(x => x is { IsReady: true, IsMissed: false }) == 2,
            "both are there and ready"
        );
        // On a busy machine a heartbeat may be missed without a signal. Missing_a_heartbeat shows that each counts once.
        var missedBefore = await CountAsync(fleet, bridge, "missed", "role=\"workers\"");
        var resumedBefore = await CountAsync(fleet, worker, "resumed");

        worker.Signal(UnixSignal.Stop);
        ProcessState? missed = null;
        await Until.TrueAsync(
            async () => (missed = (await ListAsync(web!)).SingleOrDefault(x => x.IsMissed == true)) is not null,
            "the heartbeat is missed"
        );
        (missed!.ProcessId, missed.IsReady).ShouldBe((worker.Id, false));
        missed.HeartbeatAgeSeconds.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(3);
        missed.Reason.ShouldNotBeNull().ShouldContain("heartbeat");
        await bridge.WaitForOutputAsync("is missed");
        (await CountAsync(fleet, bridge, "missed", "role=\"workers\"")).ShouldBeGreaterThan(missedBefore);

        worker.Signal(UnixSignal.Continue);
        await Until.TrueAsync(async () => (await ListAsync(web!)).Count(x => x is { IsReady: true, IsMissed: false }) == 2, "it continues");
        await worker.WaitForOutputAsync("is written again");
        (await CountAsync(fleet, worker, "resumed")).ShouldBeGreaterThan(resumedBefore);
    }

    static async Task<int> CountAsync(Fleet fleet, MonarchProcess process, string name, string label = "") =>
        int.Parse(
            Regex.Match(await fleet.MetricsAsync(process), $"(?m)^monarch_process_{name}_total\\{{.*{label}\\}} (\\d+)$").Groups[1].Value,
            CultureInfo.InvariantCulture
        );

    static async Task<IReadOnlyList<ProcessState>> ListAsync(Uri web) =>
        JsonSerializer.Deserialize(await Http.GetStringAsync(new Uri(web, "api/processes"), Token), ApiJson.Default.ProcessList)!.Processes;
}
