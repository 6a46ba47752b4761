using System.Globalization;
using Monarch.Contracts.Deployments;
using Monarch.Redis.Outages;
using Monarch.Testing;
using Monarch.Tests.Deployments;
using Monarch.Workers.Deployments.Leases;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Deployments;

public sealed class Ending_a_deployment : IDisposable
{
    // Waits for a child, and therefore does not exit on SIGTERM before it.
    const string Hang = "sleep 1000 & echo $! > child; echo $$ > command; wait";

    readonly CommandFolder _folder = new();
    readonly FakeLeases _leases = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_fail_on_timeout()
    {
        await using var host = await StartAsync("trap 'echo stopping; exit 5' TERM\n" + Hang, ("USHER_DEPLOY_TIMEOUT", "1.5"));
        var end = await host.RunAsync();
        (end.Outcome, end.ExitCode, end.Reason).ShouldBe((DeploymentOutcome.Failed, 5, "took longer than 1.5 s"));
        end.Output.ShouldBe(["stopping"]);
        await ShouldBeGoneAsync();
    }

    [Fact]
    public async Task Should_kill_a_command_that_ignores_termination()
    {
        await using var host = await StartAsync("trap '' TERM\n" + Hang, ("USHER_DEPLOY_TIMEOUT", "1.5"));
        var end = await host.RunAsync();
        (end.Outcome, end.ExitCode, end.Reason).ShouldBe((DeploymentOutcome.Failed, null, "took longer than 1.5 s"));
        await ShouldBeGoneAsync();
    }

    [Fact]
    public async Task Should_give_its_children_the_same_grace_period()
    {
        // A shell exits on SIGTERM immediately; its children may need time to clean up.
        var child = _folder.Script(
            "trap 'sleep 0.5; echo in order > order; exit' TERM; echo $$ > command; while :; do sleep 0.1; done",
            "child.sh"
        );
        await using var host = await StartAsync($"echo $$ > child; {child} & wait");
        var command = await host.BeginAsync();
        await _folder.IdAsync("command");
        _leases.Renew = () => LeaseRenewal.CancelRequested;
        (await host.EndOfAsync(command)).Outcome.ShouldBe(DeploymentOutcome.Cancelled);
        File.Exists(_folder["order"]).ShouldBeTrue();
        await ShouldBeGoneAsync();
    }

    [Fact]
    public async Task Should_leave_no_child_when_the_command_ends()
    {
        await using var host = await StartAsync(
            """
            sleep 1000 & echo $! > child
            setsid sleep 1000 & echo $! > command
            (setsid sh -c 'echo $$ > daemon; exec sleep 1000' &)
            while [ ! -s daemon ]; do sleep 0.05; done
            """
        );
        var end = await host.RunAsync();
        end.Outcome.ShouldBe(DeploymentOutcome.Succeeded);
        await ShouldBeGoneAsync();
        await CommandFolder.GoneAsync(await _folder.IdAsync("daemon"));
    }

    [Fact]
    public async Task Should_end_when_a_person_cancels_it()
    {
        await using var host = await StartAsync("trap 'echo stopping; exit 0' TERM\n" + Hang);
        var command = await host.BeginAsync();
        await _folder.IdAsync("command");
        _leases.Renew = () => LeaseRenewal.CancelRequested;
        var end = await host.EndOfAsync(command);
        (end.Outcome, end.Reason).ShouldBe((DeploymentOutcome.Cancelled, "cancelled"));
        end.Output.ShouldBe(["stopping"]);
        await ShouldBeGoneAsync();
    }

    [Fact]
    public async Task Should_end_immediately_when_the_lease_is_lost()
    {
        await using var host = await StartAsync("trap 'echo stopping' TERM\n" + Hang);
        var command = await host.BeginAsync();
        await _folder.IdAsync("command");
        _leases.Renew = () => LeaseRenewal.Lost;
        var end = await host.EndOfAsync(command);
        (end.Outcome, end.ExitCode, end.Reason).ShouldBe((DeploymentOutcome.Interrupted, null, "the lease was lost"));
        end.Output.ShouldBeEmpty();
        await ShouldBeGoneAsync();
    }

    [Fact]
    public async Task Should_end_before_its_lease_when_Redis_is_unavailable()
    {
        await using var host = await StartAsync(
            "sleep 1000 & echo $! > child; echo $$ > command; while :; do date +%s%3N >> beats; sleep 0.05; done",
            ("USHER_LEASE", "5")
        );
        _leases.Renew = () => throw new RedisUnavailableException("Redis is away.", null);
        var asked = TimeProvider.System.GetUtcNow();
        var end = await host.RunAsync();
        (end.Outcome, end.ExitCode, end.Reason).ShouldBe(
            (DeploymentOutcome.Interrupted, null, "the lease could not be renewed in time: Redis is away")
        );
        await ShouldBeGoneAsync();
        var lastBeat = DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(File.ReadLines(_folder["beats"]).Last(), CultureInfo.InvariantCulture)
        );
        lastBeat.ShouldBeLessThan(asked + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Should_outlast_an_outage_that_is_shorter_than_the_lease()
    {
        var renewals = 0;
        await using var host = await StartAsync("while [ ! -e go ]; do sleep 0.05; done; echo done", ("USHER_LEASE", "6"));
        // Two outages, each shorter than the lease, together longer.
        _leases.Renew = () => ++renewals % 3 == 0 ? LeaseRenewal.Renewed : throw new RedisUnavailableException("Redis is away.", null);
        var command = await host.BeginAsync();
        await Until.TrueAsync(() => renewals > 7, "the first lease would be over");
        await File.WriteAllTextAsync(_folder["go"], "", CurrentTest.Token);
        (await host.EndOfAsync(command)).Output.ShouldBe(["done"]);
    }

    [Fact]
    public async Task Should_be_interrupted_when_the_host_stops()
    {
        await using var host = await StartAsync("trap 'echo stopping; exit 0' TERM\n" + Hang);
        var command = await host.BeginAsync();
        await _folder.IdAsync("command");
        await host.StopAsync();

        var end = host.Published.OfType<DeploymentEnded>().ShouldHaveSingleItem();
        (end.Outcome, end.Reason).ShouldBe((DeploymentOutcome.Interrupted, "Monarch was stopped"));
        end.Output.ShouldBe(["stopping"]);
        _leases.Ended.ShouldHaveSingleItem();
        await ShouldBeGoneAsync();

        // Later commands are left to another process.
        var late = await host.BeginAsync();
        await host.PublishedAsync<DeploymentDeferred>(x => x.DeploymentId == late.DeploymentId);
    }

    async Task ShouldBeGoneAsync()
    {
        await CommandFolder.GoneAsync(await _folder.IdAsync("command"));
        await CommandFolder.GoneAsync(await _folder.IdAsync("child"));
    }

    Task<RunnerHost> StartAsync(string script, params (string Key, string Value)[] settings) =>
        RunnerHost.StartAsync(
            _leases,
            _folder.Script(script),
            settings is [("USHER_LEASE", _), ..] ? settings : [("USHER_LEASE", "3"), .. settings]
        );
}
