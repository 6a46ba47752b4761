using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Monarch.Hosting.Logging.Store;
using Serilog.Events;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;
using static Monarch.IntegrationTests.Logs.SearchedLog;

namespace Monarch.IntegrationTests.Logs;

public sealed class Paging_the_log(Servers servers) : IAsyncLifetime
{
    readonly SearchedLog _log = new(servers);

    StoredLog Bridge => _log.Bridge;

    StoredLog Workers => _log.Workers;

    public ValueTask InitializeAsync() => _log.InitializeAsync();

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task Should_keep_its_pages_while_lines_arrive()
    {
        var query = new LogQuery { Level = LogLevel.Error, Limit = 50 };
        var seen = new List<int>();
        LogCursor? next = null;
        while (true)
        {
            var page = await Bridge.Store.ReadAsync(query with { Cursor = next }, Token);
            next = page.Next;
            seen.AddRange(page.Lines.Select(Number));
            if (page.Next is null)
            {
                break;
            }

            var written = Bridge.Written;
            Bridge.At(Start.AddSeconds(Lines), LogEventLevel.Fatal, "line {Number:l}", $"#{Lines + seen.Count}#");
            await Bridge.UntilWrittenAsync(written + 1);
        }

        seen.ShouldBe(Enumerable.Range(0, Lines).Where(i => i % 6 >= 4).Reverse(), ignoreOrder: true);
    }

    [Fact]
    public async Task Should_find_lines_by_their_own_time_that_arrived_late()
    {
        Workers.At(Start.AddSeconds(1000), LogEventLevel.Error, "line {Number:l}", "#-1#");
        await Workers.UntilWrittenAsync(Lines - (Lines / 3) + 1);

        foreach (var level in new[] { LogLevel.Trace, LogLevel.Error })
        {
            var found = await Bridge.ReadAllAsync(
                new()
                {
                    From = Start.AddSeconds(1000),
                    To = Start.AddSeconds(1000),
                    Level = level,
                }
            );
            found.Select(Number).ShouldContain(-1);
        }
    }

    [Fact]
    public async Task Should_find_the_lines_of_a_trace()
    {
        using var activity = new Activity("test").Start();
        Bridge.Logger.Error("line #-7# is traced");
        await Bridge.UntilWrittenAsync((Lines / 3) + 1);

        foreach (var trace in new[] { activity.TraceId.ToHexString(), activity.TraceId.ToHexString().ToUpperInvariant() })
        {
            (await Workers.ReadAllAsync(new() { Trace = trace })).ShouldHaveSingleItem().Message.ShouldBe("line #-7# is traced");
        }

        (await Workers.ReadAllAsync(new() { Trace = new('0', 32) })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_bound_the_scan_of_a_page_and_continue_with_its_cursor()
    {
        var written = Bridge.Written;
        for (var i = 0; i < LogSearch.MostScanned; i++)
        {
            Bridge.At(Start.AddHours(1).AddMilliseconds(i), LogEventLevel.Information, "hay");
            // The buffer is smaller.
            if (i % 5000 == 4999)
            {
                await Bridge.UntilWrittenAsync(written + i + 1);
            }
        }

        var first = await Bridge.Store.ReadAsync(new() { Text = "needle" }, Token);
        first.Lines.ShouldBeEmpty();
        var second = await Bridge.Store.ReadAsync(new() { Text = "needle", Cursor = first.Next.ShouldNotBeNull() }, Token);
        second.Lines.Count.ShouldBe(30);
    }
}
