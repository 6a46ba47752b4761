using Monarch.Workers.GitHub.Budgets;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Budgets;

/// <summary>Hours of a school's migration in a moment: forty sagas ask, wake up a little late, each time another, and ask again.</summary>
public sealed class Serving_many_targets
{
    const int Targets = 40;

    readonly ManualTime _time = new();
    readonly Random _random = new(7);
    readonly int[] _served = new int[Targets];

    [Theory]
    [InlineData(80, 500, 1)]
    [InlineData(80, 0, 1)]
    [InlineData(30, 0, 1)]
    [InlineData(80, 0, 0)]
    public async Task Should_serve_them_alike_and_use_what_is_allowed(int perMinute, int perHour, double gap)
    {
        var rules = new BudgetRules { CreatesPerMinute = perMinute, CreatesPerHour = perHour, WriteGap = TimeSpan.FromSeconds(gap), Concurrency = 20 };
        await ServeAsync(rules, new(int.MaxValue, int.MaxValue, namesTime: true), TimeSpan.FromHours(3));

        var aMinute = gap > 0 ? Math.Min(perMinute, 60 / gap) : perMinute;
        (_served.Sum() / Math.Min(perHour > 0 ? perHour * 3 : double.MaxValue, aMinute * 180)).ShouldBeGreaterThan(0.97);
        ((double)_served.Max() / _served.Min()).ShouldBeLessThanOrEqualTo(1.2);
    }

    [Theory]
    [InlineData(20, 100_000, true)]
    [InlineData(20, 100_000, false)]
    [InlineData(45, 100_000, true)]
    [InlineData(100_000, 150, true)]
    [InlineData(100_000, 150, false)]
    [InlineData(20, 150, true)]
    [InlineData(20, 150, false)]
    public async Task Should_find_limits_that_nobody_has_told(int perMinute, int perHour, bool namesTime)
    {
        var rules = new BudgetRules
        {
            CreatesPerMinute = 80,
            CreatesPerHour = perHour < 500 ? 500 : 0,
            StartPerMinute = 20,
            WriteGap = TimeSpan.FromSeconds(1),
            Concurrency = 20,
        };
        var began = _time.GetUtcNow();
        var gitHub = new HiddenLimits(perMinute, perHour, namesTime);
        await ServeAsync(rules, gitHub, TimeSpan.FromHours(8));

        var byHour = Enumerable.Range(0, 8).Select(hour => gitHub.Violations.Count(at => (int)(at - began).TotalHours == hour)).ToList();
        byHour[0].ShouldBeLessThanOrEqualTo(5, string.Join(' ', byHour));
        byHour.Skip(1).ShouldAllBe(violations => violations <= 1, string.Join(' ', byHour));
        gitHub.WhileLimited.ShouldBeLessThan(10);
        var after = gitHub.Created.Count(at => at >= began + TimeSpan.FromHours(2)) / 6.0;
        (after / Math.Min(perHour, perMinute * 60.0)).ShouldBeGreaterThan(0.85, string.Join(' ', byHour));
    }

    async Task ServeAsync(BudgetRules rules, HiddenLimits gitHub, TimeSpan duration)
    {
        var budget = new InMemoryBudget(rules, _time);
        var end = _time.GetUtcNow() + duration;
        var due = new PriorityQueue<int, DateTimeOffset>(Enumerable.Range(0, Targets).Select(target => (target, _time.GetUtcNow())));
        while (due.TryDequeue(out var target, out var at) && at < end)
        {
            _time.Set(at > _time.GetUtcNow() ? at : _time.GetUtcNow());
            switch (await budget.AskAsync(new("account", BudgetKind.Create, $"{target}:{_served[target]}"), TestContext.Current.CancellationToken))
            {
                case BudgetAnswer.Wait wait:
                    due.Enqueue(target, _time.GetUtcNow() + wait.Time + Late(wait.Time));
                    break;
                case BudgetAnswer.Granted granted:
                    _time.Advance(0.1);
                    var (isRefused, named) = gitHub.Create(_time.GetUtcNow());
                    var outcome = new BudgetOutcome(isRefused ? BudgetEnd.Refused : BudgetEnd.Answered) { Wait = named };
                    var closed = await budget.EndAsync(granted.Grant, outcome, TestContext.Current.CancellationToken);
                    _served[target] += isRefused ? 0 : 1;
                    due.Enqueue(target, _time.GetUtcNow() + closed + Late(closed));
                    break;
            }
        }
    }

    // Who waits for more than a few seconds is woken up late.
    TimeSpan Late(TimeSpan wait) => wait > TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(2 * _random.NextDouble()) : TimeSpan.Zero;
}
