using System.Net;
using System.Text.Json;
using Monarch.Hosting;
using Monarch.Testing;
using Monarch.Tests.Bridge;
using Monarch.Tests.Cli;
using Serilog.Events;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Logs;

public sealed class Reading_the_log_over_HTTP(Servers servers) : IAsyncLifetime
{
    const int Lines = 1200;
    static readonly Guid Migration = Guid.NewGuid();

    readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow().AddMinutes(-30);
    StoredLog _log = null!;
    BridgeHost _bridge = null!;

    string Port => $"WEB_PORT={_bridge.Web.BaseAddress!.Port}";

    public async ValueTask InitializeAsync()
    {
        var database = await servers.RedisAsync();
        _log = StoredLog.On(database);
        for (var i = 0; i < Lines; i++)
        {
            var level = i % 10 == 0 ? LogEventLevel.Error : LogEventLevel.Information;
            _log.At(_start.AddSeconds(i), level, "line {Number:l} of {BatchId} in {Target}", $"#{i}#", Migration, "teams/one");
        }
        await _log.UntilWrittenAsync(Lines);
        _bridge = await BridgeHost.AloneAsync([.. database.Settings.Select(setting => (setting.Key, setting.Value))]);
    }

    public async ValueTask DisposeAsync()
    {
        await _bridge.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task Should_return_pages_that_a_cursor_joins()
    {
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(
                $"/api/logs?level=error&service=workers&migration={Migration}&repository=teams/one&limit=50&cursor={cursor}"
            );
            seen.AddRange(Messages(page));
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        } while (cursor is not null);

        seen.Count.ShouldBe(Lines / 10);
        seen[0].ShouldBe($"line #1190# of {Migration} in teams/one");
        seen.Distinct().Count().ShouldBe(seen.Count);
    }

    [Fact]
    public async Task Should_show_every_field_of_a_line()
    {
        var line = (await GetAsync("/api/logs?limit=1")).GetProperty("lines")[0];

        line.GetProperty("level").GetString().ShouldBe("Information");
        line.GetProperty("time").GetDateTimeOffset().ShouldBe(_start.AddSeconds(Lines - 1), TimeSpan.FromMilliseconds(1));
        line.GetProperty("service").GetString().ShouldBe("workers");
        line.GetProperty("migration").GetGuid().ShouldBe(Migration);
        line.GetProperty("repositories")[0].GetString().ShouldBe("teams/one");
        line.GetProperty("properties").GetProperty("Target").GetString().ShouldBe("teams/one");
    }

    [Fact]
    public async Task Should_accept_all_parameters_of_the_first_Monarch()
    {
        var (from, to) = (_start.AddSeconds(100), _start.AddSeconds(199.5));
        var times = $"start_time={from:yyyy-MM-ddTHH:mm:ss.fffZ}&end_time={to:yyyy-MM-ddTHH:mm:ss.fffZ}";

        var page = await GetAsync($"/api/logs?{times}&level=ERROR&service=workers&limit=5");

        Messages(page).Select(message => message.Split('#')[1]).ShouldBe(["190", "180", "170", "160", "150"]);
        (await _bridge.Web.GetStringAsync("/api/services", Token)).ShouldBe("""{"services":["workers"]}""");
    }

    [Theory]
    [InlineData("/api/logs/export?level=error", null, Lines / 10)]
    [InlineData("/api/logs/export", null, Lines)]
    [InlineData("/api/logs?limit=7", "application/x-ndjson", 7)]
    [InlineData("/api/logs/export?limit=1150", null, 1150)]
    public async Task Should_export_one_object_a_line(string path, string? accept, int count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        using var answer = await _bridge.Web.SendAsync(request, Token);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var lines = (await answer.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(count);
        lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()).Distinct().Count().ShouldBe(count);
    }

    [Fact]
    public async Task Should_name_the_invalid_parameter()
    {
        using var answer = await _bridge.Web.GetAsync("/api/logs?from=later&limit=5", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
        problem.GetProperty("faults")[0].GetString().ShouldStartWith("from is 'later', which is not a time");
    }

    [Fact]
    public async Task Should_be_shown_by_the_command_with_its_filters()
    {
        var filters = $"--level error --migration /api/migrations/{Migration} --repository teams/one --service workers --text #9";
        var run = await CliRun.OfAsync($"logs {filters} --since 1h --limit 3", Port);

        run.ExitCode.ShouldBe(0, run.Output);
        run.Lines.Select(line => line.Split('#')[1]).ShouldBe(["970", "980", "990"], "the newest last");
        run.Lines[0].ShouldContain(" ERR workers ");
        (await CliRun.OfAsync("logs --json --limit 2 --until 2020-01-01", Port)).Output.ShouldBe("");
        var refused = await CliRun.OfAsync("logs --level loud", Port);
        refused.ExitCode.ShouldBe(ExitCodes.Usage);
        refused.Output.ShouldContain("level is 'loud'");
    }

    [Fact]
    public async Task Should_be_followed_by_the_command()
    {
        await using var follower = await MonarchProcess.StartAsync(
            ["logs", "--follow", "--level", "error", "--limit", "1"],
            new Dictionary<string, string> { ["WEB_PORT"] = $"{_bridge.Web.BaseAddress!.Port}" }
        );
        await follower.WaitForOutputAsync("#1190#");

        _log.Logger.Error("line #new#");
        _log.Logger.Information("line #quiet#");
        await follower.WaitForOutputAsync("#new#");

        follower.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
    }

    static IEnumerable<string> Messages(JsonElement page) =>
        page.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("message").GetString()!);

    async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await _bridge.Web.GetStringAsync(path, Token));
}
