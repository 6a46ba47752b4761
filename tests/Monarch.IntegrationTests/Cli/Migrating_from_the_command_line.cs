using Monarch.Testing;
using Monarch.Tests.Cli;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Cli;

public sealed class Migrating_from_the_command_line : IAsyncLifetime
{
    const string Migrate = "migrate school/template teams/one https://github.com/teams/two.git --channel C06GHMZB3M3";

    SandboxProcess _sandbox = null!;

    public async ValueTask InitializeAsync() => _sandbox = await SandboxProcess.StartAsync();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Should_copy_all_once_and_nothing_the_second_time()
    {
        var first = await CliRun.OfAsync(Migrate, _sandbox.Settings);

        first.ExitCode.ShouldBe(0, first.Output);
        first.Output.ShouldContain("All issues of school/template are in 2 repositories, 10 of them new");
        var expected = await _sandbox.TitlesAsync("school/template", withPullRequests: false);
        expected.Count.ShouldBe(5);
        (await _sandbox.TitlesAsync("teams/one")).ShouldBe(expected);
        (await _sandbox.TitlesAsync("teams/two")).ShouldBe(expected);

        var second = await CliRun.OfAsync(Migrate, _sandbox.Settings);

        second.ExitCode.ShouldBe(0, second.Output);
        second.Output.ShouldContain("All issues of school/template are in 2 repositories, 0 of them new");
        second.Lines.ShouldContain(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"teams/one +│ done +│ +5 │ +0 │ +5 │ +0 │"));
        (await _sandbox.TitlesAsync("teams/one")).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Should_exit_with_1_when_a_target_refuses_and_copy_into_the_others()
    {
        await _sandbox.ChangeAsync("teams/one", new { hasIssues = false });

        var run = await CliRun.OfAsync(Migrate, _sandbox.Settings);

        run.ExitCode.ShouldBe(1, run.Output);
        run.Lines.ShouldContain(line => line.StartsWith("teams/one: ") && line.Contains("Turn on Issues"), run.Output);
        run.Lines.ShouldContain(line => line.StartsWith("Completed with failures") && line.Contains("; 5 issues are new."), run.Output);
        (await _sandbox.TitlesAsync("teams/two")).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Should_exit_with_1_and_name_the_issue_that_GitHub_rejects()
    {
        var title = (await _sandbox.TitlesAsync("school/template", withPullRequests: false))[2];
        await _sandbox.ChangeAsync("teams/two", new { rejectedTitles = new[] { title } });

        var run = await CliRun.OfAsync(Migrate, _sandbox.Settings);

        run.ExitCode.ShouldBe(1, run.Output);
        run.Lines.ShouldContain(line => line.StartsWith("teams/two, issue ") && line.Contains(title), run.Output);
        (await _sandbox.TitlesAsync("teams/two")).Count.ShouldBe(4);
        (await _sandbox.TitlesAsync("teams/one")).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Should_exit_with_0_when_there_is_nothing_to_copy()
    {
        var run = await CliRun.OfAsync("migrate teams/one teams/two", _sandbox.Settings);

        run.ExitCode.ShouldBe(0, run.Output);
        run.Output.ShouldContain("teams/one has no open issues: nothing to do.");
    }

    [Fact]
    public async Task Should_exit_with_3_instead_of_a_long_wait()
    {
        await ThrottleAsync();

        var run = await CliRun.OfAsync(Migrate, _sandbox.Settings);

        run.ExitCode.ShouldBe(3, run.Output);
        run.Lines.ShouldContain(line =>
            line.StartsWith("monarch: stopped: it would have to wait until ")
            && line.Contains("secondary rate limit")
            && line.EndsWith("or with --wait.")
        );
    }

    [Fact]
    public async Task Should_wait_with_the_wait_option_until_it_is_stopped()
    {
        await ThrottleAsync();
        await using var waiting = await MonarchProcess.StartAsync(
            [.. Migrate.Split(' '), "--wait"],
            _sandbox.Settings.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1])
        );
        await waiting.WaitForOutputAsync("teams/one: queued");

        waiting.Terminate();

        (await waiting.WaitForExitAsync()).ShouldBe(1, waiting.Output);
        waiting.Output.ShouldContain("monarch: interrupted. Run the same command again to continue where it stopped.");
    }

    [Fact]
    public async Task Should_exit_with_3_and_the_remedy_when_the_token_is_refused()
    {
        await _sandbox.ScriptAsync(
            new
            {
                path = "/repos",
                count = 1000,
                status = 401,
                body = """{"message": "Bad credentials"}""",
            }
        );

        var run = await CliRun.OfAsync(Migrate + " --wait", _sandbox.Settings);

        run.ExitCode.ShouldBe(3, run.Output);
        run.Lines.ShouldContain(
            line => line.StartsWith("monarch: stopped: ") && line.Contains("Bad credentials") && line.Contains("GH_PAT"),
            run.Output
        );
    }

    Task ThrottleAsync() =>
        _sandbox.ScriptAsync(
            new
            {
                path = "/repos",
                count = 1000,
                status = 403,
                body = """{"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}""",
                headers = new Dictionary<string, string> { ["Retry-After"] = "3600" },
            }
        );
}
