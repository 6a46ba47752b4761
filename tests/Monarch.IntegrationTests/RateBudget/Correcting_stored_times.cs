using Monarch.IntegrationTests.Workers;
using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using StackExchange.Redis;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.RateBudget;

/// <summary>Redis' own clock was a year ahead when an account was stored, and was set back since.</summary>
public sealed class Correcting_stored_times(WorkersDatabase database) : IClassFixture<WorkersDatabase>
{
    [Fact]
    public async Task Should_limit_how_far_ahead_they_are()
    {
        var name = $"{Guid.NewGuid():N}";
        RedisKey account = $"monarch:budget:{{{name}}}";
        var rules = new BudgetRules
        {
            CreatesPerMinute = 10,
            CreatesPerHour = 100,
            WriteGap = TimeSpan.FromMilliseconds(1),
            Concurrency = 5,
            PointsPerMinute = 100,
            Lease = TimeSpan.FromMilliseconds(50),
        };
        var ahead = TimeProvider.System.GetUtcNow().AddYears(1).ToUnixTimeMilliseconds() * 1000;
        HashEntry[] fields =
        [
            .. new[]
            {
                "granted",
                "refused",
                "paced",
                "halved",
                "latest",
                "closed",
                "reset",
                "minute.probe",
                "hour.probe",
                "disputedUntil",
            }.Select(field => new HashEntry(field, ahead)),
            new("reason", 1),
            new("remaining", 0),
            new("took", ahead),
        ];
        await database
            .Connection()
            .RunAsync(
                async db =>
                {
                    await db.HashSetAsync(account, fields);
                    await db.HashSetAsync(account.Append(":spent"), ahead / 1_000_000, 90);
                    foreach (var set in (string[])[":answered", ":creating", ":writing", ":reading", ":places", ":promised"])
                    {
                        await db.SortedSetAddAsync(account.Append(set), set is ":places" or ":promised" ? "place" : set, ahead);
                    }

                    return true;
                },
                Token
            );
        var budget = new RedisBudget(database.Connection(), rules);

        var wait = (await budget.AskAsync(new(name, BudgetKind.Create, "new"), Token)).ShouldBeOfType<BudgetAnswer.Wait>();
        wait.Time.ShouldBeInRange(TimeSpan.FromHours(23), TimeSpan.FromHours(24), "closed for the longest time that is allowed");
        await database.Connection().RunAsync(db => db.HashDeleteAsync(account, ["closed", "remaining"]), Token);

        foreach (
            var (set, longest) in new[] { (":answered", 0d), (":creating", 1), (":writing", 1), (":reading", 1), (":promised", 24 * 3600) }
        )
        {
            var left = await database.Connection().RunAsync(db => db.SortedSetRangeByRankWithScoresAsync(account.Append(set)), Token);
            var latest = (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1e3) + longest + 1;
            left.ShouldAllBe(entry => entry.Score / 1e6 <= latest, set);
        }

        var seen = await budget.LookAsync(name, Token);
        (seen.Points, seen.UsedThisMinute, seen.ClosedUntil).ShouldBe((101, 2, null), "they count, as of now");
        seen.Took.ShouldBeLessThanOrEqualTo(rules.Lease);
    }
}
