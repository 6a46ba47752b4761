using Monarch.Sandbox;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Migrating_dry : IAsyncLifetime
{
    SandboxServer _sandbox = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _sandbox = await SandboxServer.StartAsync(
            new()
            {
                Repositories =
                [
                    new()
                    {
                        FullName = "school/template",
                        Issues =
                        [
                            new()
                            {
                                Title = "[bold]Set up[/] \u001b[2J",
                                Body = "See #2, @ada",
                                Labels = ["bug"],
                            },
                            new() { Title = "Continue" },
                        ],
                    },
                    new() { FullName = "teams/one" },
                    new() { FullName = "teams/two", Permission = "pull" },
                    new() { FullName = "teams/old", Archived = true },
                ],
            },
            Token
        );

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Should_show_what_would_be_done_and_change_nothing()
    {
        var run = await RunAsync("school/template teams/one teams/two");

        run.ExitCode.ShouldBe(0, run.Output);
        run.Output.ShouldContain("Nothing was changed. 4 issues of school/template would be created in 2 repositories.");
        run.Output.ShouldContain("That takes 4 requests to create issues, ");
        run.Output.ShouldContain("teams/one, teams/two: would create issues 1, 2");
        run.Output.ShouldContain("teams/one: would create labels bug");
        run.Output.ShouldContain("teams/two: labels not copied: The account");
        run.Output.ShouldContain("Issue 1 would become:\n  [bold]Set up[/] ");
        run.Output.ShouldContain("  See [#2](https://redirect.github.com/school/template/issues/2), @\\u200bada");
        run.Output.ShouldNotContain('\u001b');
        _sandbox.Repository("teams/one").Issues!.ShouldBeEmpty();
        _sandbox.Repository("teams/one").Labels.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_exit_with_1_when_a_repository_would_be_refused()
    {
        var run = await RunAsync("school/template teams/one teams/old");

        run.ExitCode.ShouldBe(1, run.Output);
        run.Output.ShouldContain("would be refused");
        run.Output.ShouldContain("teams/old: teams/old is archived, so it is read-only. Unarchive it in its settings, then retry.");
    }

    [Fact]
    public async Task Should_exit_with_64_for_an_invalid_request()
    {
        var run = await RunAsync("school/template not-a-name");

        run.ExitCode.ShouldBe(64, run.Output);
        run.Output.ShouldContain("not-a-name");
    }

    Task<CliRun> RunAsync(string repositories) =>
        CliRun.OfAsync(
            $"migrate {repositories} --dry-run",
            [
                $"GITHUB_API_URL={_sandbox.GitHubUrl}",
                "GH_PAT=ghp_token",
                "SLACK_BOT_TOKEN=",
                .. WithoutLimits.WithShortWaits.Select(setting => $"{setting.Key}={setting.Value}"),
            ]
        );
}
