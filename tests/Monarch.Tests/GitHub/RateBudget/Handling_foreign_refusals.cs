using FsCheck;
using FsCheck.Fluent;
using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.RateBudget;

/// <summary>GitHub sometimes refuses for reasons unrelated to our creations.</summary>
[Trait(PropertyCheck.Kind, PropertyCheck.Property)]
public sealed class Handling_foreign_refusals
{
    const int Hours = 48;

    static readonly BudgetRules Rules = new()
    {
        CreatesPerMinute = 80,
        CreatesPerHour = 500,
        StartPerMinute = 20,
        WriteGap = TimeSpan.FromSeconds(1),
        Concurrency = 20,
    };

    [Fact]
    public async Task Should_keep_the_pace_of_a_proven_account()
    {
        var gitHub = new HiddenLimits(int.MaxValue, int.MaxValue, namesTime: true);
        var targets = new ManyTargets(Rules, gitHub);
        await targets.ServeUntilAsync(() => targets.Now >= ManyTargets.Start.AddHours(3));
        targets.Rest(TimeSpan.FromHours(10));
        var (began, before) = (targets.Now, gitHub.Created.Count);
        await targets.ServeUntilAsync(() => gitHub.Created.Count == before + 6);
        gitHub.Foreign = [(targets.Now, TimeSpan.FromMinutes(2))];

        await targets.ServeUntilAsync(() => targets.Now >= began.AddHours(36));

        int[] byHour = [.. new[] { 12, 24, 36 }.Select(hours => gitHub.Created.Count(at => at >= began && at < began.AddHours(hours)))];
        TestContext.Current.TestOutputHelper!.WriteLine($"creations by hour 12, 24 and 36: {string.Join(", ", byHour)}");
        byHour[0].ShouldBeGreaterThan(12 * 490);
        byHour[1].ShouldBeGreaterThan(24 * 490);
        byHour[2].ShouldBeGreaterThan(36 * 490);
    }

    [Theory]
    [InlineData(100_000, 100_000, 500, 0.9)]
    [InlineData(20, 100_000, 0, 0.8)]
    [InlineData(100_000, 150, 500, 0.85)]
    public void Should_use_the_limits_and_still_learn_hidden_ones(int perMinute, int perHour, int cap, double least) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => CheckAsync(perMinute, perHour, cap, least, new Random(seed)))
            .Check(PropertyCheck.Of(cases: 5, endSize: 5));

    static async Task CheckAsync(int perMinute, int perHour, int cap, double least, Random random)
    {
        var began = ManyTargets.Start;
        var gitHub = new HiddenLimits(perMinute, perHour, namesTime: random.Next(2) == 0) { Foreign = Foreign(random) };
        var targets = new ManyTargets(Rules with { CreatesPerHour = cap }, gitHub);
        await targets.ServeUntilAsync(() => targets.Now >= began.AddHours(Hours));

        var byHour = Enumerable
            .Range(0, Hours)
            .Select(hour => gitHub.Violations.Count(at => (int)(at - began).TotalHours == hour))
            .ToList();
        var allowed = Math.Min(Math.Min(perHour, perMinute * 60.0), cap > 0 ? cap : double.MaxValue) * Hours;
        var share = gitHub.Created.Count / allowed;
        var foreign = string.Join(", ", gitHub.Foreign);
        var what = $"{share:0.000} of the allowed; violations by hour {string.Join(' ', byHour)}; foreign {foreign}";
        TestContext.Current.TestOutputHelper!.WriteLine(what);
        share.ShouldBeGreaterThanOrEqualTo(least, what);
        byHour[0].ShouldBeLessThanOrEqualTo(5, what);
        byHour.Skip(1).ShouldAllBe(violations => violations <= 1, what);
    }

    // One every four hours on average; none in the first hour, in which the account is proven.
    static List<(DateTimeOffset At, TimeSpan? Wait)> Foreign(Random random)
    {
        var refusals = new List<(DateTimeOffset, TimeSpan?)>();
        var at = ManyTargets.Start.AddHours(1);
        while (at < ManyTargets.Start.AddHours(Hours))
        {
            at += TimeSpan.FromHours(-4 * Math.Log(1 - random.NextDouble()));
            refusals.Add((at, random.Next(4) == 0 ? null : TimeSpan.FromSeconds(random.Next(1, 300))));
        }

        return refusals;
    }
}
