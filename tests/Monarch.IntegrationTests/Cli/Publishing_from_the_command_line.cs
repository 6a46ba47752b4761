using System.Text.Json;
using Monarch.Hosting;
using Monarch.Redis.Connection;
using Monarch.Testing;
using Monarch.Tests.Cli;
using Shouldly;
using StackExchange.Redis;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Cli;

public sealed class Publishing_from_the_command_line : IAsyncLifetime
{
    const string Publish = "publish nss-group-projects/cider-falls stevebrownlee/rare-test teams/two --channel C06GHMZB3M3";
    const string Message =
        """{"source_repo":"nss-group-projects/cider-falls","all_target_repositories":["stevebrownlee/rare-test","teams/two"],"notification_channel":"C06GHMZB3M3"}""";

    RedisServer _server = null!;
    RedisConnection _redis = null!;

    string[] Settings => ["VALKEY_HOST=127.0.0.1", $"VALKEY_PORT={_server.Port}", "VALKEY_TIMEOUT=2"];

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _redis = RedisDatabase.Of(_server).Connect();
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Should_publish_as_the_platform_does()
    {
        var received = new TaskCompletionSource<string>();
        await using var bridge = await _redis.SubscribeAsync(
            "channel_migrate_issue_tickets",
            message => received.TrySetResult(message!),
            Token
        );

        var run = await CliRun.OfAsync(Publish, Settings);

        run.ExitCode.ShouldBe(0, run.Output);
        (await received.Task.WaitAsync(Until.Generous, Token)).ShouldBe(Message);
        run.Lines.ShouldHaveSingleItem().ShouldBe($"Published on channel_migrate_issue_tickets, received by 1 subscriber: {Message}");
    }

    [Fact]
    public async Task Should_report_that_no_Bridge_listens()
    {
        var run = await CliRun.OfAsync($"{Publish} --unordered", Settings);

        run.ExitCode.ShouldBe(ExitCodes.Unavailable);
        run.Lines.ShouldHaveSingleItem()
            .ShouldBe(
                "monarch: no Bridge listens to channel_migrate_issue_tickets; the message is lost. Start a Bridge, or publish with --durable."
            );
    }

    [Fact]
    public async Task Should_write_to_the_intake_with_the_durable_option()
    {
        var run = await CliRun.OfAsync("publish nss-group-projects/cider-falls teams/one --durable", [.. Settings, "VALKEY_DB=3"]);

        run.ExitCode.ShouldBe(0, run.Output);
        await using var database = new RedisDatabase(_server.Port, 3).Connect();
        var entry = (RedisResult[])
            ((RedisResult[])(await database.ExecuteAsync("XRANGE", Token, "monarch:intake", "-", "+"))!).ShouldHaveSingleItem()!;
        var fields = (RedisValue[])entry[1]!;
        fields
            .Select(field => (string)field!)
            .ShouldBe(["message", """{"source_repo":"nss-group-projects/cider-falls","all_target_repositories":["teams/one"]}"""]);
        run.Lines.ShouldHaveSingleItem().ShouldStartWith($"Written to monarch:intake as {(string)entry[0]!}: ");
    }

    [Fact]
    public async Task Should_send_names_that_JSON_must_escape_as_they_are()
    {
        await CliRun.OfAsync("publish \"quoted\"/größe a\\b --durable", Settings);

        var entry = (RedisResult[])
            ((RedisResult[])(await _redis.ExecuteAsync("XRANGE", Token, "monarch:intake", "-", "+"))!).ShouldHaveSingleItem()!;
        using var message = JsonDocument.Parse((string)((RedisValue[])entry[1]!)[1]!);
        message.RootElement.GetProperty("source_repo").GetString().ShouldBe("\"quoted\"/größe");
        message.RootElement.GetProperty("all_target_repositories")[0].GetString().ShouldBe("a\\b");
    }

    [Fact]
    public async Task Should_report_that_Redis_is_unavailable()
    {
        await _server.KillAsync();

        var run = await CliRun.OfAsync(Publish, Settings);

        run.ExitCode.ShouldBe(ExitCodes.Unavailable);
        run.Lines.ShouldHaveSingleItem().ShouldStartWith($"monarch: Redis at 127.0.0.1:{_server.Port}/0 is unavailable: ");
    }
}
