using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Monarch.Workers.Deployments.Running;
using Monarch.Workers.Deployments.Running.Output;
using Monarch.Workers.Deployments.Running.Supervision;
using Monarch.Workers.Deployments.Settings;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Deployments;

/// <summary>The supervisor alone, while the runner does nothing.</summary>
public sealed class Supervising_a_command : IDisposable
{
    readonly CommandFolder _folder = new();
    readonly OutputTail _tail = new(NullLogger.Instance, Guid.Empty, "server");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_kill_everything_at_the_deadline()
    {
        using var process = Start("trap '' TERM; sleep 1000 & echo $! > child; echo $$ > command; wait", seconds: 2);
        (await process.Ended).ShouldBe(new SupervisorReport(SupervisedEnd.DeadlinePassed));
        await CommandFolder.GoneAsync(await _folder.IdAsync("command"));
        await CommandFolder.GoneAsync(await _folder.IdAsync("child"));
    }

    [Fact]
    public async Task Should_not_start_when_the_deadline_has_passed()
    {
        using var process = Start("echo begun > begun", seconds: -1);
        (await process.Ended).ShouldBe(new SupervisorReport(SupervisedEnd.DeadlinePassed));
        File.Exists(_folder["begun"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_kill_a_command_that_ignores_termination()
    {
        using var process = Start("trap '' TERM; sleep 1000 & echo $! > child; echo $$ > command; wait", seconds: 300);
        var command = await _folder.IdAsync("command");
        process.End(TimeSpan.FromMilliseconds(100));
        (await process.Ended).ShouldBe(new SupervisorReport(SupervisedEnd.Killed));
        await CommandFolder.GoneAsync(command);
        await CommandFolder.GoneAsync(await _folder.IdAsync("child"));
    }

    [Fact]
    public async Task Should_wait_no_longer_than_the_command_needs_to_end()
    {
        using var process = Start("trap 'exit 7' TERM; sleep 1000 & echo $$ > command; wait", seconds: 300);
        await _folder.IdAsync("command");
        process.End(TimeSpan.FromMinutes(4));
        (await process.Ended).ShouldBe(new SupervisorReport(SupervisedEnd.Exited, 7));
    }

    [Fact]
    public async Task Should_report_a_command_that_ends_on_request()
    {
        using var process = Start("echo $$ > command; exit 0", seconds: 300);
        process.End(TimeSpan.FromMinutes(4));
        (await process.Ended).End.ShouldBeOneOf(SupervisedEnd.Exited, SupervisedEnd.Killed);
    }

    SupervisedProcess Start(string script, int seconds) =>
        SupervisedProcess.Start(
            SupervisorProgram.OfThisProcess(),
            [_folder.Script(script)],
            new DeploymentOptions(),
            Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency),
            _tail
        );
}
