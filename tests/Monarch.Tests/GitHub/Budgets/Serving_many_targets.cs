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
    [InlineData(80, 500, 1, 0.97)]
    [InlineData(80, 0, 1, 0.97)]
    [InlineData(30, 0, 1, 0.97)]
    [InlineData(80, 0, 0, 0.97)]
    public async Task Should_serve_them_alike_and_use_what_is_allowed(int perMinute, int perHour, double gap, double share)
    {
        var rules = new BudgetRules { CreatesPerMinute = perMinute, CreatesPerHour = perHour, WriteGap = TimeSpan.FromSeconds(gap), Concurrency = 20 };
        var began = _time.GetUtcNow();
        await ServeAsync(new InMemoryBudget(rules, _time), TimeSpan.FromHours(3));

        var allowed = Math.Min(perHour > 0 ? perHour * 3 : int.MaxValue, (_time.GetUtcNow() - began) / TimeSpan.FromMinutes(1) * (gap > 0 ? Math.Min(perMinute, 60 / gap) : perMinute));
        (_served.Sum() / allowed).ShouldBeGreaterThan(share);
        ((double)_served.Max() / _served.Min()).ShouldBeLessThanOrEqualTo(1.2);
    }

    async Task ServeAsync(InMemoryBudget budget, TimeSpan duration)
    {
        var end = _time.GetUtcNow() + duration;
        var due = new PriorityQueue<int, DateTimeOffset>(Enumerable.Range(0, Targets).Select(target => (target, _time.GetUtcNow())));
        while (due.TryDequeue(out var target, out var at) && at < end)
        {
            _time.Set(at > _time.GetUtcNow() ? at : _time.GetUtcNow());
            switch (await budget.AskAsync(new("account", BudgetKind.Create, $"{target}:{_served[target]}"), TestContext.Current.CancellationToken))
            {
                case BudgetAnswer.Wait wait:
                    // Who waits for more than a few seconds is woken up late.
                    var late = wait.Time > TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(2 * _random.NextDouble()) : TimeSpan.Zero;
                    due.Enqueue(target, _time.GetUtcNow() + wait.Time + late);
                    break;
                case BudgetAnswer.Granted granted:
                    _time.Advance(0.1);
                    await budget.EndAsync(granted.Grant, new(BudgetEnd.Answered), TestContext.Current.CancellationToken);
                    _served[target]++;
                    due.Enqueue(target, _time.GetUtcNow());
                    break;
            }
        }
    }
}
