using Monarch.IntegrationTests.Workers;
using Monarch.Tests.GitHub.Budgets.Suites;
using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Budgets;

public sealed class Serving_many_targets_on_Redis(WorkersDatabase database) : IClassFixture<WorkersDatabase>
{
    [Fact]
    public async Task Should_serve_them_alike_and_use_what_is_allowed()
    {
        var rules = new BudgetRules { CreatesPerMinute = 80, CreatesPerHour = 500, WriteGap = TimeSpan.FromSeconds(1), Concurrency = 20 };
        var targets = new ManyTargets(new RedisBench(database), rules, new(int.MaxValue, int.MaxValue, namesTime: true));

        await targets.ServeUntilAsync(() => targets.Now >= ManyTargets.Start.AddHours(2));

        targets.Served.Sum().ShouldBeGreaterThan(970);
        ((double)targets.Served.Max() / targets.Served.Min()).ShouldBeLessThanOrEqualTo(1.2);
    }
}
