using Monarch.Sandbox;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Migrating_with_a_failing_Slack : IAsyncLifetime
{
    SandboxServer _sandbox = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(
            new()
            {
                SlackChannels = [new() { Id = "C1" }, new() { Id = "C2", Joined = false }],
                SlackTokens = [new() { Token = "xoxb-good" }],
                Repositories = [new() { FullName = "school/template", GenerateIssues = 2 }, new() { FullName = "teams/one" }],
            },
            Token
        );
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData("nowhere", "xoxb-good", "channel_not_found. Check the channel's id or name")]
    [InlineData("C2", "xoxb-good", "not_in_channel. Invite the bot to the channel")]
    [InlineData("C1", "xoxb-wrong", "invalid_auth. Replace SLACK_BOT_TOKEN")]
    [InlineData("C1", "", "SLACK_BOT_TOKEN is not set")]
    public async Task Should_report_once_why_Slack_shows_nothing_and_exit_as_the_migration(string channel, string token, string reason)
    {
        var run = await MigrateAsync(channel, token);

        run.ExitCode.ShouldBe(0, run.Output);
        var line = run.Lines.Where(line => line.StartsWith("monarch:", StringComparison.Ordinal)).ShouldHaveSingleItem(run.Output);
        line.ShouldStartWith($"monarch: Slack's channel {channel} does not show all of this: ");
        line.ShouldContain(reason);
    }

    [Fact]
    public async Task Should_report_nothing_when_Slack_is_up_to_date()
    {
        var run = await MigrateAsync("C1", "xoxb-good");

        run.Output.ShouldNotContain("monarch:");
        _sandbox.SlackMessages().Count.ShouldBe(2, run.Output);
    }

    Task<CliRun> MigrateAsync(string channel, string token) =>
        CliRun.OfAsync(
            $"migrate school/template teams/one --channel {channel}",
            [
                $"GITHUB_API_URL={_sandbox.GitHubUrl}",
                "GH_PAT=ghp_token",
                $"SLACK_API_URL={_sandbox.SlackUrl}",
                $"SLACK_BOT_TOKEN={token}",
                .. WithoutLimits.WithShortWaits.Select(setting => $"{setting.Key}={setting.Value}"),
            ]
        );
}
