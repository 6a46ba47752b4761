using System.Net;
using Microsoft.Extensions.Logging;
using Monarch.Bridge.Api;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Filtering_the_log
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<object, string> Bad =>
        new()
        {
            {
                new LogParameters { From = "yesterday" },
                "from is 'yesterday', which is not a time"
            },
            {
                new LogParameters { To = "2026-13-01" },
                "to is '2026-13-01', which is not a time"
            },
            {
                new LogParameters { StartTime = "10" },
                "start_time is '10', which is not a time"
            },
            {
                new LogParameters { EndTime = "2026-11-28T25:00" },
                "end_time is '2026-11-28T25:00', which is not a time"
            },
            {
                new LogParameters { From = "2026-11-28", StartTime = "2026-11-27" },
                "from is '2026-11-28', and start_time is '2026-11-27', which is the same"
            },
            {
                new LogParameters { Level = "loud" },
                "level is 'loud', which is not a level"
            },
            {
                new LogParameters { Level = "3" },
                "level is '3', which is not a level"
            },
            {
                new LogParameters { Service = "a:b" },
                "service is 'a:b', which is not the name of a service"
            },
            {
                new LogParameters { Migration = "7" },
                "migration is '7', which is not the id of a migration"
            },
            {
                new LogParameters { Repository = "team" },
                "repository is 'team', which is not a repository"
            },
            {
                new LogParameters { Trace = "xyz" },
                "trace is 'xyz', which is not the id of a trace"
            },
            {
                new LogParameters { Text = new('x', 201) },
                "text is 'xxxxx"
            },
            {
                new LogParameters { Limit = "0" },
                "limit is '0', which is not a number of lines: give 1 to 1000."
            },
            {
                new LogParameters { Limit = "1001" },
                "limit is '1001'"
            },
            {
                new LogParameters { Limit = "-1" },
                "limit is '-1'"
            },
            {
                new LogParameters { Limit = "many" },
                "limit is 'many'"
            },
            {
                new LogParameters { Cursor = "???" },
                "cursor is '???', which is not the cursor of a page"
            },
            {
                new LogParameters { Cursor = "MjAyNi0xMS0yOA" },
                "cursor is 'MjAyNi0xMS0yOA'"
            },
        };

    [Theory, MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void Should_refuse_a_bad_parameter_by_name(object parameters, string fault)
    {
        var (query, _, faults) = LogTranslator.Read((LogParameters)parameters);

        query.ShouldBeNull();
        faults.ShouldHaveSingleItem().ToString().ShouldStartWith(fault);
    }

    [Fact]
    public void Should_name_all_faults_together() =>
        LogTranslator
            .Read(
                new()
                {
                    From = "x",
                    Level = "y",
                    Limit = "z",
                }
            )
            .Faults.Select(fault => fault.Field)
            .ShouldBe(["limit", "from", "level"]);

    [Theory]
    [InlineData("2026-11-28", "2026-11-28T00:00:00.000Z", "2026-11-28T23:59:59.999Z")]
    [InlineData("2026-11-28T14:30", "2026-11-28T14:30:00.000Z", null)]
    [InlineData("2026-11-28 14:30:05", "2026-11-28T14:30:05.000Z", null)]
    [InlineData("2026-11-28T14:30:05.25Z", "2026-11-28T14:30:05.250Z", null)]
    [InlineData("2026-11-28T14:30:00+02:00", "2026-11-28T12:30:00.000Z", null)]
    [InlineData("2026-11-28T14:30:00 02:00", "2026-11-28T12:30:00.000Z", null)]
    public void Should_read_times_and_include_all_of_a_day(string text, string from, string? to)
    {
        var query = LogTranslator.Read(new() { From = text, To = text }).Query.ShouldNotBeNull();
        var former = LogTranslator.Read(new() { StartTime = text, EndTime = text }).Query.ShouldNotBeNull();

        query.From.ShouldBe(DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture));
        query.To.ShouldBe(DateTimeOffset.Parse(to ?? from, System.Globalization.CultureInfo.InvariantCulture));
        former.ShouldBe(query);
    }

    [Theory]
    [InlineData("INFO", LogLevel.Information)]
    [InlineData("Warning", LogLevel.Warning)]
    [InlineData("critical", LogLevel.Critical)]
    [InlineData("", LogLevel.Trace)]
    public void Should_accept_the_level_names_of_the_first_Monarch(string text, LogLevel level) =>
        LogTranslator.Read(new() { Level = text }).Query!.Level.ShouldBe(level);

    [Fact]
    public async Task Should_answer_404_when_the_log_is_not_stored()
    {
        await using var host = await BridgeHost.AloneAsync();

        foreach (var path in new[] { "/api/logs", "/api/logs/export", "/api/services" })
        {
            using var answer = await host.Web.GetAsync(path, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("The log is not stored.");
        }

        (await host.Web.GetStringAsync("/api/log-levels", Token)).ShouldBe(
            """{"levels":["Trace","Debug","Information","Warning","Error","Critical"]}"""
        );
    }
}
