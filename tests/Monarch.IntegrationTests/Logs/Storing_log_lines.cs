using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Monarch.Hosting.Logging.Store;
using Monarch.Testing;
using Serilog.Events;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Logs;

public sealed class Storing_log_lines(Servers servers)
{
    static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Should_keep_every_field_of_a_line_and_control_characters_as_data()
    {
        await using var log = StoredLog.On(await servers.RedisAsync());
        var migration = Guid.NewGuid();
        using var activity = new Activity("test").Start();

        log.Logger.ForContext("SourceContext", "Monarch.Workers.Copier")
            .Warning(
                new InvalidOperationException("boom"),
                "Batch {BatchId}: \u001b[31m{Source} to\u0000 {Target}\n{Count}",
                migration,
                "School/Template",
                "teams/one",
                7
            );
        await log.UntilWrittenAsync(1);

        var line = (await log.ReadAllAsync()).ShouldHaveSingleItem();
        line.Message.ShouldBe($"Batch {migration}: \u001b[31mSchool/Template to\u0000 teams/one\n7");
        (line.Level, line.Service, line.Source).ShouldBe((LogLevel.Warning, "workers", "Monarch.Workers.Copier"));
        line.Exception.ShouldBe("System.InvalidOperationException: boom");
        line.Migration.ShouldBe(migration);
        line.Repositories.ShouldBe(["School/Template", "teams/one"]);
        (line.Trace, line.Span).ShouldBe((activity.TraceId.ToHexString(), activity.SpanId.ToHexString()));
        line.Properties.ShouldBe("""{"Source":"School/Template","Target":"teams/one","Count":7}""");
        line.CutFrom.ShouldBeNull();
        (TimeProvider.System.GetUtcNow() - line.Time).ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Should_cut_a_line_of_a_megabyte_and_record_that()
    {
        await using var log = StoredLog.On(await servers.RedisAsync());

        log.Logger.Information("{Huge}", new string('x', 1 << 20));
        await log.UntilWrittenAsync(1);

        var line = (await log.ReadAllAsync()).ShouldHaveSingleItem();
        line.Message.ShouldBe(new string('x', 16 * 1024));
        line.CutFrom.ShouldBe(1 << 20);
        line.Properties.ShouldBeNull();
    }

    [Fact]
    public async Task Should_not_store_a_secret_in_any_form()
    {
        const string Secret = "pass\"wo\\rd+1";
        await using var log = StoredLog.On(await servers.RedisAsync(), secrets: Secret);

        log.Logger.Information(new InvalidOperationException(Secret), Secret + " {Value} {@Object}", Secret, new { Key = Secret });
        await log.UntilWrittenAsync(1);

        var line = (await log.ReadAllAsync()).ShouldHaveSingleItem();
        $"{line.Message} {line.Exception} {line.Properties}".ShouldNotContain("wo");
        line.Message.ShouldStartWith("*** *** {");
    }

    [Fact]
    public async Task Should_drop_and_count_the_oldest_during_an_outage_of_Redis()
    {
        await using var server = await RedisServer.StartAsync(new() { AppendOnly = true });
        var database = RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "2");
        await using var log = StoredLog.On(database, buffer: new(1000));
        log.Logger.Information("first");
        await log.UntilWrittenAsync(1);

        await server.KillAsync();
        for (var i = 0; i < 200; i++)
        {
            log.Logger.Information("before {Number}", i);
        }

        await Until.TrueAsync(() => log.Obstacle is not null, "the sink has tried to write what came before");
        var before = log.Pending;
        for (var i = 0; i < 10_000; i++)
        {
            log.Logger.Information("during {Number}", i);
        }

        await Until.TrueAsync(() => log.Dropped > 8000, "lines were dropped");
        await server.RestartAsync();
        await log.UntilCountedAsync(10_201);

        var messages = (await log.ReadAllAsync()).Select(line => line.Message).ToList();
        messages.Count.ShouldBe((int)log.Written);
        messages.Distinct().Count().ShouldBe(messages.Count, "each once");
        messages.Count(message => message.StartsWith("before ")).ShouldBeGreaterThanOrEqualTo(before);
        messages.ShouldContain("during 9999");
        log.Reasons[0].ShouldBe("unavailable", "the lines after the outage may overflow the buffer");
        var warning = log.Reports.Collector.GetSnapshot().ShouldHaveSingleItem();
        warning.Level.ShouldBe(LogLevel.Warning);
        warning.Message.ShouldContain("is unavailable");
    }

    [Fact]
    public async Task Should_write_a_batch_once_after_a_lost_reply()
    {
        await using var log = StoredLog.On(await servers.RedisAsync());
        LogLine[] lines =
        [
            new()
            {
                Time = Noon.AddHours(11.9999),
                Level = LogLevel.Information,
                Service = "serve",
                Message = "one",
            },
            new()
            {
                Time = Noon.AddHours(12),
                Level = LogLevel.Information,
                Service = "serve",
                Message = "two",
            },
        ];

        for (var attempt = 0; attempt < 3; attempt++)
        {
            await log.Store.Writer.AppendAsync(1, lines, Token);
        }

        await log.Store.Writer.AppendAsync(2, lines, Token);

        (await log.ReadAllAsync()).Select(line => line.Message).ShouldBe(["two", "two", "one", "one"], "two days, a batch each");
    }

    [Fact]
    public async Task Should_stop_writing_near_the_memory_limit_and_count_what_is_missing()
    {
        await using var server = await RedisServer.StartAsync(new() { Arguments = ["--maxmemory", "16mb"] });
        (await server.SendAsync("SETRANGE filler 13000000 x")).ShouldStartWith(":");
        await using var log = StoredLog.On(RedisDatabase.Of(server), buffer: new(500));

        log.Logger.Information("line {Number}", -1);
        await Until.TrueAsync(() => log.Obstacle == LogLossReason.Memory, "nothing is written");
        for (var i = 0; i < 2999; i++)
        {
            log.Logger.Information("line {Number}", i);
        }

        await Until.TrueAsync(() => log.Dropped >= 2000, "lines were dropped");
        log.Written.ShouldBe(0);
        log.Reports.Collector.GetSnapshot().ShouldHaveSingleItem().Message.ShouldContain("memory limit");
        log.Reasons.ShouldBe(["memory"]);

        await server.SendAsync("DEL filler");
        await log.UntilCountedAsync(3000);
        log.Written.ShouldBeGreaterThan(0);
        (await log.ReadAllAsync()).Count.ShouldBe((int)log.Written);
    }

    [Fact]
    public async Task Should_keep_all_days_within_their_memory_the_newest_lines_longest()
    {
        var time = new FakeTimeProvider(Noon.AddDays(2));
        await using var log = StoredLog.On(await servers.RedisAsync(), time: time, options: new() { MaxMegabytes = 1 });
        var text = new string('x', 300);

        for (var day = 0; day < 3; day++)
        {
            for (var i = 0; i < 4000; i++)
            {
                log.At(Noon.AddDays(day).AddMilliseconds(i), LogEventLevel.Information, "{Day} {Number} " + text, day, i);
            }
            // The buffer holds less than all three.
            await log.UntilWrittenAsync(4000 * (day + 1));
        }
        await log.CleanUpAsync();

        var lines = await log.ReadAllAsync();
        lines[0].Message.ShouldStartWith("2 3999 ");
        lines.Count.ShouldBeInRange(500, 4000);
        lines.ShouldAllBe(line => line.Message.StartsWith("2 "));
        (await log.Store.Redis.RunAsync(x => x.HashLengthAsync(LogKeys.Days), Token)).ShouldBe(1);
        (await MemoryAsync(log)).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public async Task Should_remove_day_31_and_nothing_else()
    {
        var database = await servers.RedisAsync();
        var time = new FakeTimeProvider(Noon.AddDays(29));
        await using var log = StoredLog.On(database, time: time);
        await log.Store.Redis.ExecuteAsync("SET", Token, "monarch:saga:batch:1", "state");
        for (var day = 0; day < 31; day++)
        {
            log.At(Noon.AddDays(day), LogEventLevel.Error, "day {Day} of {BatchId}", day, Guid.NewGuid());
        }

        await log.UntilWrittenAsync(31);

        await log.CleanUpAsync();
        (await log.ReadAllAsync()).Count.ShouldBe(31, "30 days are kept");
        time.Advance(TimeSpan.FromDays(1));
        await log.CleanUpAsync();

        (await log.ReadAllAsync())
            .Select(line => line.Message.Split(' ')[1])
            .ShouldBe(Enumerable.Range(1, 30).Reverse().Select(day => day.ToString(CultureInfo.InvariantCulture)));
        ((string?)await log.Store.Redis.ExecuteAsync("GET", Token, "monarch:saga:batch:1")).ShouldBe("state");
        ((string[])(await log.Store.Redis.ExecuteAsync("KEYS", Token, $"{LogKeys.Lines(new(2026, 3, 10))}*"))!).ShouldBeEmpty();
        (await log.Store.ServicesAsync(Token)).ShouldBe(["workers"]);
    }

    [Fact]
    public async Task Should_remove_nothing_when_the_clock_jumps_ahead()
    {
        var database = await servers.RedisAsync();
        await using var log = StoredLog.On(database, time: new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddYears(1)));
        log.Logger.Information("today");
        await log.UntilWrittenAsync(1);

        await log.CleanUpAsync();

        (await log.ReadAllAsync()).ShouldHaveSingleItem().Message.ShouldBe("today");
    }

    [Fact]
    public async Task Should_store_the_lines_of_several_processes_once_each()
    {
        var database = await servers.RedisAsync();
        await using var bridge = StoredLog.On(database, "bridge");
        await using var workers = StoredLog.On(database, "workers");

        await Task.WhenAll(
            new[] { bridge, workers }.Select(log =>
                Task.Run(
                    () =>
                    {
                        for (var i = 0; i < 5000; i++)
                        {
                            log.Logger.Information("line {Number}", i);
                        }
                    },
                    Token
                )
            )
        );
        await bridge.UntilWrittenAsync(5000);
        await workers.UntilWrittenAsync(5000);

        var lines = await bridge.ReadAllAsync();
        lines.Select(line => line.Id).Distinct().Count().ShouldBe(10_000);
        lines.Select(line => (line.Service, line.Message)).Distinct().Count().ShouldBe(10_000);
        (await bridge.Store.ServicesAsync(Token)).ShouldBe(["bridge", "workers"]);
    }

    [Fact]
    public async Task Should_write_the_last_lines_when_the_process_ends()
    {
        var database = await servers.RedisAsync();
        await using (var log = StoredLog.On(database))
        {
            log.Logger.Information("goodbye");
        }

        await using var reader = StoredLog.On(database);
        (await reader.ReadAllAsync()).ShouldHaveSingleItem().Message.ShouldBe("goodbye");
    }

    static async Task<long> MemoryAsync(StoredLog log)
    {
        var keys = (string[])(await log.Store.Redis.ExecuteAsync("KEYS", Token, "monarch:logs:*"))!;
        var sizes = await Task.WhenAll(keys.Select(key => log.Store.Redis.ExecuteAsync("MEMORY", Token, "USAGE", key, "SAMPLES", 0)));
        return sizes.Sum(size => (long)size);
    }
}
