using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Monarch.Bridge.Api;
using Monarch.Cli.Clients;
using Monarch.Cli.Display;
using Monarch.Testing;
using Monarch.Tests.Http;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Cli;

public sealed class Following_the_log : IDisposable
{
    readonly FakeTimeProvider _time = new(new(2026, 11, 28, 14, 30, 0, TimeSpan.Zero));
    readonly StringWriter _output = new(),
        _errors = new();

    [Fact]
    public async Task Should_continue_after_a_line_from_a_clock_that_is_ahead()
    {
        List<LogView> lines = [Line("ahead", _time.GetUtcNow().AddDays(1))];

        await FollowAsync(
            requests: 4,
            (context, number) =>
            {
                if (number == 2)
                {
                    lines.Insert(0, Line("present", _time.GetUtcNow()));
                }

                var from = DateTimeOffset.TryParse(context.Request.Query["from"], CultureInfo.InvariantCulture, out var parsed)
                    ? parsed
                    : DateTimeOffset.MinValue;
                return AnswerAsync(context, [.. lines.Where(line => line.Time >= from)]);
            }
        );

        Shown().ShouldBe(["ahead", "present"]);
    }

    [Fact]
    public async Task Should_read_past_a_page_filled_by_a_clock_that_is_ahead()
    {
        var ahead = Line("ahead", _time.GetUtcNow().AddDays(1));

        await FollowAsync(
            requests: 4,
            (context, number) =>
                number == 1 ? AnswerAsync(context, [ahead])
                : context.Request.Query.ContainsKey("cursor") ? AnswerAsync(context, [Line("present", _time.GetUtcNow())])
                : AnswerAsync(context, [ahead], "behind")
        );

        Shown().ShouldBe(["ahead", "present"]);
    }

    [Fact]
    public async Task Should_wait_for_a_restarting_Bridge_and_report_it_once()
    {
        await FollowAsync(
            requests: 5,
            (context, number) =>
                number switch
                {
                    1 => AnswerAsync(context, [Line("before", _time.GetUtcNow())]),
                    2 or 3 => context.AnswerAsync(503, """{"title":"Redis is away.","status":503}"""),
                    _ => AnswerAsync(context, [Line("after", _time.GetUtcNow())]),
                }
        );

        Shown().ShouldBe(["before", "after"]);
        _errors.ToString().Trim().ShouldBe("monarch: Redis is away. Retrying until it answers.");
    }

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    // Ends it after this many requests.
    async Task FollowAsync(int requests, Func<HttpContext, int, Task> answer)
    {
        var number = 0;
        await using var server = await StubServer.StartAsync(context => answer(context, Interlocked.Increment(ref number)));
        using var api = new LogApi(server.Url);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var follower = new LogFollower(api, new Dictionary<string, string>(), 100, new(_output, asJson: false), _errors, _time);

        var following = follower.RunAsync(follow: true, stop.Token);
        await Until.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return server.Requests.Count > requests || following.IsCompleted;
            },
            "all was asked for"
        );
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(following);
    }

    static Task AnswerAsync(HttpContext context, IReadOnlyList<LogView> lines, string? cursor = null) =>
        context.AnswerAsync(200, JsonSerializer.Serialize(new(lines, cursor), ApiJson.Default.LogList));

    IEnumerable<string> Shown() =>
        _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd().Split(' ')[^1]);

    static LogView Line(string message, DateTimeOffset time) =>
        new()
        {
            Id = message,
            Time = time,
            Level = "Warning",
            Service = "workers",
            Message = message,
            Repositories = [],
        };
}
