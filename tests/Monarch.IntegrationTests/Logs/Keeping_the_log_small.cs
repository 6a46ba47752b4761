using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Monarch.Hosting.Logging.Store;
using Monarch.Testing;
using Serilog.Events;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Logs;

public sealed class Keeping_the_log_small(Servers servers)
{
    const long Megabyte = 1024 * 1024;

    static readonly LogStoreOptions Small = new() { MaxMegabytes = 1 };
    static readonly string Text = new('x', 300);

    readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    DateTimeOffset Now => _time.Start;

    [Fact]
    public async Task Should_remove_no_more_when_several_processes_run_concurrently()
    {
        await using var log = StoredLog.On(await servers.RedisAsync(), time: _time);
        await WriteAsync(log, Now, 4000);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => log.Retention(Small).RunAsync(Token)));

        (await MemoryAsync(log)).ShouldBeInRange((long)(0.6 * Megabyte), Megabyte);
    }

    [Fact]
    public async Task Should_remove_a_future_day_before_lines_of_today()
    {
        await using var log = StoredLog.On(await servers.RedisAsync(), time: _time);
        await WriteAsync(log, Now, 500);
        await WriteAsync(log, Now.AddDays(400), 2000);

        await log.Retention(Small).RunAsync(Token);

        (await log.ReadAllAsync()).Count.ShouldBe(500);
        (await MemoryAsync(log)).ShouldBeLessThan(Megabyte);
    }

    [Fact]
    public async Task Should_detect_that_today_grows_beside_a_future_day()
    {
        await using var log = StoredLog.On(await servers.RedisAsync(), time: _time);
        var retention = log.Retention(Small);
        await WriteAsync(log, Now, 100);
        await WriteAsync(log, Now.AddDays(1), 100);
        await retention.RunAsync(Token);
        await WriteAsync(log, Now, 4000);

        await retention.RunAsync(Token);

        (await MemoryAsync(log)).ShouldBeLessThan(Megabyte);
        var lines = await log.ReadAllAsync();
        lines.ShouldContain(line => line.Time > Now.AddHours(1));
        lines.ShouldContain(line => line.Time < Now.AddHours(1));
    }

    [Fact]
    public async Task Should_yield_memory_to_the_state()
    {
        await using var server = await RedisServer.StartAsync();
        await using var log = StoredLog.On(RedisDatabase.Of(server), time: _time);
        await WriteAsync(log, Now, 4000);
        var before = await MemoryAsync(log);
        var used = (await log.Store.Redis.InfoAsync(Token)).Split('\n').First(line => line.StartsWith("used_memory:")).Split(':')[1];
        var most = (long)(long.Parse(used, CultureInfo.InvariantCulture) / 0.8);
        before.ShouldBeGreaterThan(most / 6);

        (await server.SendAsync($"CONFIG SET maxmemory {most}")).ShouldBe("+OK");
        log.Logger.Information("one more");
        await Until.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(11));
                return log.Written > 4000;
            },
            "there is room again"
        );

        (await MemoryAsync(log)).ShouldBeLessThan(most / 6);
        log.Dropped.ShouldBe(0);
    }

    static async Task WriteAsync(StoredLog log, DateTimeOffset at, int lines)
    {
        var written = log.Written;
        for (var i = 0; i < lines; i++)
        {
            log.At(at, LogEventLevel.Information, "{Number} " + Text, i);
        }

        await log.UntilWrittenAsync(written + lines);
    }

    static async Task<long> MemoryAsync(StoredLog log)
    {
        var keys = (string[])(await log.Store.Redis.ExecuteAsync("KEYS", Token, "monarch:logs:2*"))!;
        var sizes = await Task.WhenAll(keys.Select(key => log.Store.Redis.ExecuteAsync("MEMORY", Token, "USAGE", key, "SAMPLES", 0)));
        return sizes.Sum(size => (long)size);
    }
}
