using System.Globalization;
using Monarch.Contracts.Deployments;
using Monarch.Testing;
using Monarch.Tests.Deployments;
using Monarch.Workers.Deployments.Leases;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Deployments;

public sealed class Running_a_deployment : IDisposable
{
    readonly CommandFolder _folder = new();
    readonly FakeLeases _leases = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_report_its_start_and_its_end()
    {
        await using var host = await StartAsync("echo deployed $*");
        var command = await host.BeginAsync(111, 113);
        var end = await host.EndOfAsync(command);

        end.Outcome.ShouldBe(DeploymentOutcome.Succeeded);
        (end.ServerId, end.DeploymentId, end.ExitCode, end.Reason).ShouldBe((command.ServerId, command.DeploymentId, 0, null));
        end.Output.ShouldBe(["deployed beta.abc.wwts.com ABC-111 ABC-113"]);
        _leases.Ended.ShouldHaveSingleItem().ShouldBeEquivalentTo(end);
        var begin = await host.PublishedAsync<DeploymentStarted>(x => x.DeploymentId == command.DeploymentId);
        begin.StartedAt.ShouldBe(end.StartedAt.ShouldNotBeNull());
        end.EndedAt.ShouldBeGreaterThanOrEqualTo(begin.StartedAt);
    }

    [Fact]
    public async Task Should_start_and_end_by_the_clock_of_the_moves()
    {
        await using var host = await StartAsync("true");
        var now = TimeProvider.System.GetUtcNow();
        host.Clock.Set(now, now.AddHours(-1), now);

        var end = await host.RunAsync();

        (end.StartedAt < now.AddMinutes(-50), end.EndedAt < now.AddMinutes(-50)).ShouldBe((true, true), "this machine is an hour ahead");
    }

    [Fact]
    public async Task Should_pass_every_argument_unchanged()
    {
        await using var host = await RunnerHost.StartAsync(
            _leases,
            _folder.Script("printf '[%s]\\n' \"$@\"")
                + " '$(rm -rf /nowhere)' \"two  words\" 'a\"b' \"it's\" '' * `ls` ; -- {issues} x={numbers}"
        );
        var end = await host.RunAsync();

        end.Output.ShouldBe([
            "[$(rm -rf /nowhere)]",
            "[two  words]",
            "[a\"b]",
            "[it's]",
            "[]",
            "[*]",
            "[`ls`]",
            "[;]",
            "[--]",
            "[ABC-111]",
            "[ABC-113]",
            "[x=111,113]",
        ]);
    }

    [Fact]
    public async Task Should_pass_only_the_allowed_variables()
    {
        await using var host = await RunnerHost.StartAsync(_leases, "env", ("USHER_ENVIRONMENT", "PATH,HOME,NOT_SET"));
        var end = await host.RunAsync();

        end.Output.Select(line => line[..line.IndexOf('=', StringComparison.Ordinal)]).Order().ShouldBe(["HOME", "PATH"]);
        end.Output.ShouldContain($"PATH={Environment.GetEnvironmentVariable("PATH")}");
    }

    [Fact]
    public async Task Should_run_in_the_configured_directory()
    {
        await using var host = await RunnerHost.StartAsync(_leases, "pwd", ("USHER_DIRECTORY", _folder.Path));
        (await host.RunAsync()).Output.ShouldBe([_folder.Path]);
    }

    [Fact]
    public async Task Should_find_a_program_that_is_named_from_its_directory()
    {
        _folder.Script("echo found");
        await using var host = await RunnerHost.StartAsync(_leases, "./deploy", ("USHER_DIRECTORY", _folder.Path));
        (await host.RunAsync()).Output.ShouldBe(["found"]);
    }

    [Fact]
    public async Task Should_give_it_no_input()
    {
        await using var host = await StartAsync("cat; echo end of input");
        (await host.RunAsync()).Output.ShouldBe(["end of input"]);
    }

    [Fact]
    public async Task Should_let_a_broken_pipe_end_a_program_as_in_any_shell()
    {
        await using var host = await StartAsync("grep SigIgn /proc/self/status");
        var ignored = (await host.RunAsync()).Output.ShouldHaveSingleItem().Split(' ')[1];
        (Convert.ToUInt64(ignored, 16) & 0x1000).ShouldBe(0ul);
    }

    [Theory]
    [InlineData("exit 1", 1, "exited with code 1")]
    [InlineData("echo oh no >&2; exit 126", 126, "exited with code 126")]
    [InlineData("nosuchprogram", 127, "exited with code 127")]
    [InlineData("exit 255", 255, "exited with code 255")]
    [InlineData("kill -9 $$", 137, "exited with code 137 (killed by signal 9)")]
    [InlineData("kill -TERM $$", 143, "exited with code 143 (killed by signal 15)")]
    public async Task Should_fail_when_the_command_does(string script, int code, string reason)
    {
        await using var host = await StartAsync(script);
        var end = await host.RunAsync();
        (end.Outcome, end.ExitCode, end.Reason).ShouldBe((DeploymentOutcome.Failed, code, reason));
        end.StartedAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("nosuchprogram {server}", "could not be started: the program was not found", "nosuchprogram is in no folder of PATH")]
    [InlineData("/no/such/program", "could not be started: the program was not found", "/no/such/program does not exist")]
    [InlineData("/etc/passwd", "could not be started: the program is not executable", "/etc/passwd is not executable")]
    [InlineData("/etc", "could not be started: the program was not found", "/etc does not exist")]
    public async Task Should_fail_when_the_command_does_not_exist(string command, string reason, string line)
    {
        await using var host = await RunnerHost.StartAsync(_leases, command);
        var end = await host.RunAsync();
        (end.Outcome, end.ExitCode, end.StartedAt, end.Reason).ShouldBe((DeploymentOutcome.Failed, null, null, reason));
        end.Output.ShouldHaveSingleItem().ShouldStartWith($"monarch: {line}");
    }

    [Fact]
    public async Task Should_fail_when_its_directory_is_missing()
    {
        Directory.CreateDirectory(_folder["gone"]);
        await using var host = await RunnerHost.StartAsync(_leases, "true", ("USHER_DIRECTORY", _folder["gone"]));
        host.Runner.IsStopping.ShouldBeFalse("its settings were valid at the start");
        Directory.Delete(_folder["gone"]);
        var command = await host.BeginAsync();
        var end = await host.EndOfAsync(command);
        (end.Outcome, end.ExitCode, end.StartedAt).ShouldBe((DeploymentOutcome.Failed, null, null));
        end.Reason.ShouldNotBeNull().ShouldStartWith("could not be started: ");
        _leases.Ended.ShouldHaveSingleItem();
        host.Published.OfType<DeploymentStarted>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_run_a_deployment_once_that_is_started_twice()
    {
        await using var host = await StartAsync("echo $$ >> runs; while [ ! -e go ]; do sleep 0.05; done");
        var command = await host.BeginAsync();
        await _folder.IdAsync("runs");
        // A real lease would report that it has started; this one does not.
        await host.SendAsync(command);
        await host.SendAsync(await host.BeginAsync());
        await Until.TrueAsync(() => host.Published.OfType<DeploymentStarted>().Count() == 2, "the other one is started");
        await File.WriteAllTextAsync(_folder["go"], "", CurrentTest.Token);
        await host.EndOfAsync(command);

        await Until.TrueAsync(() => host.Published.OfType<DeploymentEnded>().Count() == 2, "both have ended");
        // It has ended, and the lease still allows the start.
        await host.SendAsync(command);
        await host.RunAsync();
        (await File.ReadAllLinesAsync(_folder["runs"], CurrentTest.Token)).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Should_run_nothing_without_a_lease()
    {
        await using var host = await StartAsync("echo $$ >> runs");
        _leases.Request = LeaseRequest.Deferred;
        var deferred = await host.BeginAsync();
        await host.PublishedAsync<DeploymentDeferred>(x => x.DeploymentId == deferred.DeploymentId);

        _leases.Request = LeaseRequest.HasEnded;
        await host.BeginAsync();
        var known = _leases.Known = new()
        {
            ServerId = deferred.ServerId,
            DeploymentId = Guid.NewGuid(),
            Issues = [],
            Outcome = DeploymentOutcome.Cancelled,
            EndedAt = TimeProvider.System.GetUtcNow(),
            Output = [],
        };
        await host.BeginAsync();
        await host.PublishedAsync<DeploymentEnded>(x => x == known);

        _leases.Request = LeaseRequest.HasStarted;
        await host.BeginAsync();
        _leases.Request = LeaseRequest.Deferred;
        var last = await host.BeginAsync();
        await host.PublishedAsync<DeploymentDeferred>(x => x.DeploymentId == last.DeploymentId);

        host.Published.Count(x => x is DeploymentStarted).ShouldBe(0);
        File.Exists(_folder["runs"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_leave_nothing_open()
    {
        await using var runner = await RunnerProcess.StartAsync(_folder.Script("echo done"), "30", count: 40);
        await runner.WaitForExitAsync();
        var open = runner
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => int.Parse(line, CultureInfo.InvariantCulture))
            .ToList();
        open.Count.ShouldBe(40);
        // Each deployment has four pipes while it runs.
        (open[^1] - open[9]).ShouldBeLessThan(20, string.Join(' ', open));
    }

    [Fact]
    public async Task Should_survive_a_gigabyte_of_output()
    {
        await using var host = await StartAsync(
            "yes 'a line of output, as a build tool writes them by the thousand' | head -c 1000000000; echo; echo done"
        );
        var end = await host.RunAsync();
        end.Outcome.ShouldBe(DeploymentOutcome.Succeeded);
        end.Output.Count.ShouldBe(50);
        end.Output[^1].ShouldBe("done");
    }

    [Fact]
    public async Task Should_survive_output_without_an_end_of_line()
    {
        await using var host = await StartAsync("head -c 100000000 /dev/zero | tr '\\0' x; exit 3");
        var end = await host.RunAsync();
        end.ExitCode.ShouldBe(3);
        end.Output.ShouldHaveSingleItem().ShouldBe(new string('x', 2000) + "…");
    }

    [Fact]
    public async Task Should_survive_output_that_is_not_text()
    {
        await using var host = await StartAsync("printf 'caf\\351 \\303\\251\\n'; head -c 1000000 /dev/urandom; echo; echo done");
        var end = await host.RunAsync();
        end.Outcome.ShouldBe(DeploymentOutcome.Succeeded);
        end.Output[^1].ShouldBe("done");
        string.Concat(end.Output).Any(char.IsControl).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_keep_both_streams()
    {
        await using var host = await StartAsync("echo out; echo error >&2");
        (await host.RunAsync()).Output.Order().ShouldBe(["error", "out"]);
    }

    Task<RunnerHost> StartAsync(string script) => RunnerHost.StartAsync(_leases, _folder.Script(script) + " {server} {issues}");
}
