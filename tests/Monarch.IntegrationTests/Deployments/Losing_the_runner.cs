using Monarch.Contracts.Deployments;
using Monarch.Testing;
using Monarch.Tests.Deployments;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Deployments;

public sealed class Losing_the_runner : IDisposable
{
    const string Hang =
        "sleep 1000 & echo $! > child; setsid sleep 1000 & echo $! > away; env > environment; echo $PPID > supervisor; echo $$ > command; wait";

    readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_end_the_command_when_the_runner_is_killed()
    {
        await using var runner = await RunnerProcess.StartAsync(_folder.Script(Hang), "30", environment: ("GH_PAT", "secret"));
        await _folder.IdAsync("command");
        (await File.ReadAllTextAsync(_folder["environment"], CurrentTest.Token)).ShouldNotContain("secret");
        await runner.KillAsync();
        await ShouldBeGoneAsync("command", "child", "away", "supervisor");
    }

    [Fact]
    public async Task Should_end_the_command_when_the_runner_hangs_longer_than_the_lease()
    {
        await using var runner = await RunnerProcess.StartAsync(_folder.Script(Hang), "3");
        await _folder.IdAsync("command");
        runner.Signal(UnixSignal.Stop);
        await ShouldBeGoneAsync("command", "child", "away", "supervisor");
        CommandFolder.StateOf(runner.Id).ShouldBe('T');

        runner.Signal(UnixSignal.Continue);
        (await runner.WaitForExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Should_end_the_command_when_the_supervisor_is_killed_and_the_runner_hangs()
    {
        await using var runner = await RunnerProcess.StartAsync(_folder.Script(Hang), "300");
        await _folder.IdAsync("command");
        runner.Signal(UnixSignal.Stop);
        Kill(await _folder.IdAsync("supervisor"), UnixSignal.Kill);
        await ShouldBeGoneAsync("command");

        // Only the runner is left to end the command's children, whose group it knows.
        runner.Signal(UnixSignal.Continue);
        await ShouldBeGoneAsync("child");
        await runner.WaitForExitAsync();
        Kill(await _folder.IdAsync("away"), UnixSignal.Kill);
    }

    [Fact]
    public async Task Should_end_the_command_when_its_supervisor_is_killed()
    {
        var leases = new FakeLeases();
        // Processes that have left the group of a killed supervisor cannot be found.
        await using var host = await RunnerHost.StartAsync(leases, _folder.Script(Hang.Replace("setsid ", "", StringComparison.Ordinal)));
        var command = await host.BeginAsync();
        await _folder.IdAsync("command");
        Kill(await _folder.IdAsync("supervisor"), UnixSignal.Kill);
        var end = await host.EndOfAsync(command);
        (end.Outcome, end.ExitCode, end.Reason).ShouldBe((DeploymentOutcome.Interrupted, null, "its supervisor was killed"));
        await ShouldBeGoneAsync("command", "child", "away");
    }

    [Fact]
    public async Task Should_end_the_command_when_its_supervisor_hangs()
    {
        var leases = new FakeLeases();
        await using var host = await RunnerHost.StartAsync(leases, _folder.Script(Hang), ("USHER_LEASE", "3"));
        var command = await host.BeginAsync();
        await _folder.IdAsync("command");
        Kill(await _folder.IdAsync("supervisor"), UnixSignal.Stop);
        leases.Renew = () => throw new TimeoutException("Redis is away.");
        (await host.EndOfAsync(command)).Outcome.ShouldBe(DeploymentOutcome.Interrupted);
        await ShouldBeGoneAsync("command", "child", "away", "supervisor");
    }

    async Task ShouldBeGoneAsync(params string[] processes)
    {
        foreach (var process in processes)
        {
            await CommandFolder.GoneAsync(await _folder.IdAsync(process));
        }
    }

    static void Kill(int process, UnixSignal signal) =>
        System.Diagnostics.Process.Start("kill", [$"-{(int)signal}", $"{process}"])!.Dispose();
}
