using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.RateBudget;

public sealed class Serving_many_targets
{
    [Theory]
    [InlineData(80, 500, 1)]
    [InlineData(80, 0, 1)]
    [InlineData(30, 0, 1)]
    [InlineData(80, 0, 0)]
    public async Task Should_serve_targets_evenly_and_use_the_limit(int perMinute, int perHour, double gap)
    {
        var rules = new BudgetRules
        {
            CreatesPerMinute = perMinute,
            CreatesPerHour = perHour,
            WriteGap = TimeSpan.FromSeconds(gap),
            Concurrency = 20,
        };
        var targets = new ManyTargets(rules, new(int.MaxValue, int.MaxValue, namesTime: true));
        await targets.ServeUntilAsync(() => targets.Now >= ManyTargets.Start.AddHours(3));

        var aMinute = gap > 0 ? Math.Min(perMinute, 60 / gap) : perMinute;
        (targets.Served.Sum() / Math.Min(perHour > 0 ? perHour * 3 : double.MaxValue, aMinute * 180)).ShouldBeGreaterThan(0.97);
        ((double)targets.Served.Max() / targets.Served.Min()).ShouldBeLessThanOrEqualTo(1.2);
    }

    [Theory]
    [InlineData(20, 100_000, true)]
    [InlineData(20, 100_000, false)]
    [InlineData(45, 100_000, true)]
    [InlineData(100_000, 150, true)]
    [InlineData(100_000, 150, false)]
    [InlineData(20, 150, true)]
    [InlineData(20, 150, false)]
    public async Task Should_learn_hidden_limits(int perMinute, int perHour, bool namesTime)
    {
        var rules = new BudgetRules
        {
            CreatesPerMinute = 80,
            CreatesPerHour = perHour < 500 ? 500 : 0,
            StartPerMinute = 20,
            WriteGap = TimeSpan.FromSeconds(1),
            Concurrency = 20,
        };
        var began = ManyTargets.Start;
        var gitHub = new HiddenLimits(perMinute, perHour, namesTime);
        var targets = new ManyTargets(rules, gitHub);
        await targets.ServeUntilAsync(() => targets.Now >= began.AddHours(8));

        var byHour = Enumerable.Range(0, 8).Select(hour => gitHub.Violations.Count(at => (int)(at - began).TotalHours == hour)).ToList();
        byHour[0].ShouldBeLessThanOrEqualTo(5, string.Join(' ', byHour));
        byHour.Skip(1).ShouldAllBe(violations => violations <= 1, string.Join(' ', byHour));
        gitHub.WhileLimited.ShouldBeLessThan(10);
        var after = gitHub.Created.Count(at => at >= began + TimeSpan.FromHours(2)) / 6.0;
        (after / Math.Min(perHour, perMinute * 60.0)).ShouldBeGreaterThan(0.85, string.Join(' ', byHour));
    }
}
