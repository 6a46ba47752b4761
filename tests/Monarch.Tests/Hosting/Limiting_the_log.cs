using System.Globalization;
using Monarch.Hosting;
using Monarch.Hosting.Logging.Store;
using Monarch.Redis.Connection;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Limiting_the_log
{
    static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    static readonly LogToday Today = LogToday.Of(Noon, Noon);

    [Theory]
    [InlineData("", "", 1)]
    [InlineData("03-09:40 03-10:50", "", 1)]
    [InlineData("03-07:30 03-08:30 03-09:30 03-10:30", "03-07", 1)]
    [InlineData("03-09:60 03-10:100", "03-09", 0.8)]
    [InlineData("03-10:150 03-11:50", "", 0.4)]
    [InlineData("03-09:40 03-10:40 03-12:50 06-01:10", "06-01 03-12", 1)]
    [InlineData("03-08:80 03-09:160", "03-08", 0.5)]
    [InlineData("06-01:100", "06-01", 1)]
    public void Should_remove_days_ahead_then_old_days_then_lines_of_today(string sizes, string removed, double share)
    {
        var days = sizes
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(size => size.Split(':'))
            .ToDictionary(size => Day(size[0]), size => long.Parse(size[1], CultureInfo.InvariantCulture));

        var plan = LogPlan.Of(days, Today, 100);

        plan.Removed.ShouldBe(removed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Day));
        plan.Share.ShouldBe(share, 0.001);
    }

    [Fact]
    public void Should_treat_a_day_as_future_only_if_both_clocks_agree()
    {
        foreach (var (own, server) in new[] { (Noon, Noon.AddDays(30)), (Noon.AddDays(30), Noon) })
        {
            var today = LogToday.Of(own, server);

            today.IsAhead(Day("04-10")).ShouldBeFalse();
            today.IsAhead(Day("04-11")).ShouldBeTrue();
            today.FirstCurrent([Day("04-09")]).ShouldBe(Day("03-10"));
            today.FirstCurrent([Day("03-01"), Day("03-02"), Day("05-01")]).ShouldBe(Day("03-02"));
        }
    }

    [Theory]
    [InlineData(0, null, 64)]
    [InlineData(1000, null, 64)]
    [InlineData(48, null, 8)]
    [InlineData(48, "redis://logs", 24)]
    public void Should_leave_most_of_a_small_Redis_to_the_state(long maxMemory, string? redis, long limit) =>
        new LogStoreOptions { Redis = redis }
            .Limit(maxMemory << 20)
            .ShouldBe(limit << 20);

    [Theory]
    [InlineData("on", "", true)]
    [InlineData("off", "", false)]
    [InlineData("on", "redis://127.0.0.1:1", false)]
    public void Should_require_log_rights_only_if_the_state_Redis_stores_the_log(string store, string redis, bool needs)
    {
        var builder = TestHost.Builder(
            HostRole.Serve,
            ("VALKEY_HOST", "127.0.0.1"),
            ("MONARCH_LOG_STORE", store),
            ("MONARCH_LOG_REDIS", redis)
        );

        builder.Services.Any(service => service.ServiceType == typeof(RedisLogUse)).ShouldBe(needs);
    }

    static DateOnly Day(string text) => DateOnly.ParseExact($"2026-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
