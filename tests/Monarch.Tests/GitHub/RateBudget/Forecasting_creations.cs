using Microsoft.Extensions.Time.Testing;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.RateBudget;

public sealed class Forecasting_creations
{
    readonly FakeTimeProvider _time = FakeTime.New();

    static BudgetRules GitHubs =>
        new()
        {
            CreatesPerMinute = 80,
            CreatesPerHour = 500,
            WriteGap = TimeSpan.FromSeconds(1),
            Concurrency = 20,
        };

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_forecast_one_creation_a_second_until_the_hour_is_full()
    {
        var forecast = await ForecastAsync(GitHubs);

        (forecast.Milliseconds.Count, forecast.Period).ShouldBe((1000, 500));
        forecast.Milliseconds[0].ShouldBe(200);
        forecast.Milliseconds[499].ShouldBe(499_200);
        forecast.Milliseconds[500].ShouldBeInRange(3_600_000, 3_602_000);
        forecast.Milliseconds[999].ShouldBeInRange(4_098_000, 4_102_000);
    }

    [Fact]
    public async Task Should_raise_the_pace_of_an_unknown_account()
    {
        var forecast = await ForecastAsync(GitHubs with { StartPerMinute = 20 });

        forecast.Milliseconds[19].ShouldBe(19_200);
        forecast.Milliseconds[20].ShouldBeInRange(60_000, 61_000);
        // 20 in the first minute, a quarter more in each further one.
        forecast.Milliseconds[499].ShouldBeInRange(640_000, 760_000);
    }

    [Fact]
    public async Task Should_include_the_time_an_account_is_closed_and_its_ceiling()
    {
        var rules = GitHubs with { CreatesPerHour = 0 };
        var budget = new InMemoryBudget(rules, _time);
        for (var i = 0; i < 20; i++)
        {
            await CreateAsync(budget, BudgetEnd.Answered);
        }

        await CreateAsync(budget, BudgetEnd.Refused, TimeSpan.FromMinutes(10));

        var snapshot = await budget.LookAsync("account", Ct);
        var forecast = snapshot.Forecast(rules);

        forecast.Milliseconds[0].ShouldBeInRange(600_000, 601_000);
        snapshot.MinuteCeiling.ShouldBe(18);
        forecast.Milliseconds[18].ShouldBeInRange(660_000, 661_000);
        forecast.Period.ShouldBe(18);
    }

    [Fact]
    public async Task Should_not_count_writes_as_creations()
    {
        var rules = GitHubs with { CreatesPerMinute = 0, CreatesPerHour = 5, WriteGap = TimeSpan.Zero, PointsPerMinute = 900 };
        var budget = new InMemoryBudget(rules, _time);
        for (var i = 0; i < 10; i++)
        {
            var answer = await budget.AskAsync(new("account", BudgetKind.Write, $"{i}"), Ct);
            var grant = answer.ShouldBeOfType<BudgetAnswer.Granted>().Grant;
            await (i < 7 ? budget.EndAsync(grant, new(BudgetEnd.Answered), Ct) : Task.CompletedTask);
        }

        var snapshot = await budget.LookAsync("account", Ct);
        var (forecast, report) = (snapshot.Forecast(rules), snapshot.Report(rules));

        (snapshot.Points, report.UsedThisMinute, report.UsedThisHour).ShouldBe((50, 0, 0));
        forecast.Milliseconds.Take(6).Count(at => at < 1000).ShouldBe(5);
        forecast.Period.ShouldBe(5);
    }

    [Fact]
    public async Task Should_be_bound_by_concurrency_only_when_there_is_no_limit()
    {
        var forecast = await ForecastAsync(new() { Concurrency = 10 });

        forecast.Milliseconds.Take(10).ShouldAllBe(at => at == 200);
        forecast.Milliseconds[^1].ShouldBe(200 * ((forecast.Milliseconds.Count + 9) / 10));
        var (last, before) = (forecast.Milliseconds[^1], forecast.Milliseconds[^(forecast.Period + 1)]);
        ((last - before) / (double)forecast.Period).ShouldBe(20, tolerance: 0.5, "ten concurrent requests of 200 ms each");
    }

    [Theory]
    [InlineData(80, 500, 20, 100, 100)]
    [InlineData(80, 500, 20, 450, 100)]
    [InlineData(80, 500, 20, 700, 450)]
    [InlineData(80, 500, 0, 30, 900)]
    [InlineData(30, 500, 0, 200, 200)]
    [InlineData(80, 150, 20, 300, 300)]
    public async Task Should_match_a_simulation(int perMinute, int perHour, int start, int done, int more)
    {
        var rules = GitHubs with { CreatesPerMinute = perMinute, CreatesPerHour = perHour, StartPerMinute = start };
        var gitHub = new HiddenLimits(int.MaxValue, int.MaxValue, namesTime: true);
        var targets = new ManyTargets(rules, gitHub);
        await targets.ServeUntilAsync(() => gitHub.Created.Count >= done);
        var snapshot = await targets.Budget.LookAsync("account", Ct);

        await targets.ServeUntilAsync(() => gitHub.Created.Count >= done + more);

        var took = (gitHub.Created[done + more - 1] - snapshot.Now).TotalMilliseconds;
        var expected = Forecast.Of(new(rules, snapshot), snapshot.Now, snapshot.Took, 40, more)[^1] - snapshot.Now;
        (expected.TotalMilliseconds / took).ShouldBeInRange(0.97, 1.03, $"{took / 1000:0} s");
    }

    async Task<CreationForecast> ForecastAsync(BudgetRules rules) =>
        (await new InMemoryBudget(rules, _time).LookAsync("account", Ct)).Forecast(rules);

    async Task CreateAsync(InMemoryBudget budget, BudgetEnd end, TimeSpan? wait = null)
    {
        _time.Advance(1);
        var answer = await budget.AskAsync(new("account", BudgetKind.Create, "one"), Ct);
        var outcome = new BudgetOutcome(end) { Wait = wait, Status = wait is null ? null : 403 };
        await budget.EndAsync(answer.ShouldBeOfType<BudgetAnswer.Granted>().Grant, outcome, Ct);
    }
}
