using Microsoft.Extensions.Logging;
using Monarch.Hosting.Logging.Store;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Logs;

public sealed class Searching_the_log(SearchedLog log) : IClassFixture<SearchedLog>
{
    public static TheoryData<LogQuery, Func<int, bool>> Queries =>
        new()
        {
            { new(), _ => true },
            {
                new() { Level = LogLevel.Debug },
                i => i % 6 >= 1
            },
            {
                new() { Level = LogLevel.Error },
                i => i % 6 >= 4
            },
            {
                new() { Level = LogLevel.Critical, Service = "bridge" },
                i => i % 6 == 5 && i % 3 == 0
            },
            {
                new() { Service = "Workers" },
                i => i % 3 != 0
            },
            {
                new() { Service = "nowhere" },
                _ => false
            },
            {
                new() { Level = LogLevel.Warning, Service = "bridge" },
                i => i % 6 >= 3 && i % 3 == 0
            },
            {
                new() { Migration = SearchedLog.Migrations[2] },
                i => i % 5 == 2
            },
            {
                new()
                {
                    Migration = SearchedLog.Migrations[2],
                    Service = "bridge",
                    Level = LogLevel.Information,
                },
                i => i % 5 == 2 && i % 3 == 0 && i % 6 >= 2
            },
            {
                new() { Migration = Guid.Empty },
                _ => false
            },
            {
                new() { Repository = "teams/TEAM-3" },
                i => i % 7 == 3
            },
            {
                new() { Text = "nEEdle" },
                i => i % 100 == 0
            },
            {
                new() { Text = "#17#" },
                i => i == 17
            },
            {
                new() { From = SearchedLog.Start.AddSeconds(100), To = SearchedLog.Start.AddSeconds(199) },
                i => i is >= 100 and <= 199
            },
            {
                new()
                {
                    From = SearchedLog.Start.AddSeconds(1700),
                    To = SearchedLog.Start.AddSeconds(1900),
                    Level = LogLevel.Error,
                },
                i => i is >= 1700 and <= 1900 && i % 6 >= 4
            },
            {
                new() { To = SearchedLog.Start.AddSeconds(10), Service = "workers" },
                i => i <= 10 && i % 3 != 0
            },
            {
                new() { From = SearchedLog.Start.AddSeconds(2990) },
                i => i >= 2990
            },
            {
                new() { From = SearchedLog.Start.AddDays(2) },
                _ => false
            },
        };

    [Theory, MemberData(nameof(Queries), DisableDiscoveryEnumeration = true)]
    public async Task Should_find_what_matches_and_nothing_else_newest_first_page_by_page(LogQuery query, Func<int, bool> matches)
    {
        var expected = Enumerable.Range(0, SearchedLog.Lines).Where(matches).Reverse().ToList();

        foreach (var limit in new[] { 37, LogQuery.MaxLimit })
        {
            var found = await log.Bridge.ReadAllAsync(query with { Limit = limit });

            found.Select(SearchedLog.Number).OrderDescending().ShouldBe(expected);
            found.Select(line => line.Id).Distinct().Count().ShouldBe(expected.Count);
        }
    }
}
