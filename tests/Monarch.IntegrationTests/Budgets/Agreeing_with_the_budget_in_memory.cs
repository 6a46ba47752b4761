using Monarch.IntegrationTests.Workers;
using Monarch.Tests.GitHub.Budgets;
using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Budgets;

/// <summary>The same requests, ends and times, in any order: both budgets answer alike.</summary>
public sealed class Agreeing_with_the_budget_in_memory(WorkersDatabase database) : IClassFixture<WorkersDatabase>
{
    static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(5);

    readonly string _account = $"{Guid.NewGuid():N}";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Should_answer_alike_after_any_history(int seed)
    {
        var random = new Random(seed);
        var rules = new BudgetRules
        {
            CreatesPerMinute = random.Next(2) * random.Next(10, 40),
            CreatesPerHour = random.Next(100, 200),
            StartPerMinute = 8,
            WriteGap = TimeSpan.FromMilliseconds(200),
            Concurrency = 6,
            PointsPerMinute = 200,
        };
        var (memory, redis) = (new MemoryBench(), new RedisBench(database));
        IBudget[] budgets = [memory.Create(rules), redis.Create(rules)];
        List<BudgetGrant[]> grants = [];
        for (var step = 0; step < 1500; step++)
        {
            if (grants.Count > 0 && random.Next(2) == 0)
            {
                var pair = grants[random.Next(grants.Count)];
                grants.Remove(pair);
                var outcome = Outcome(random);
                ShouldAgree(await BothAsync((budget, i) => budget.EndAsync(pair[i], outcome, Token)), $"the end of step {step}");
            }
            else
            {
                var request = random.Next(8) == 0 ? new BudgetRequest(_account, BudgetKind.Read) : new(_account, BudgetKind.Create, $"{random.Next(12)}");
                var answers = await BothAsync((budget, _) => budget.AskAsync(request, Token));
                grants.AddRange(ShouldAgree(answers, $"step {step}"));
            }

            var time = TimeSpan.FromMilliseconds(random.Next(10) switch { 0 => random.Next(200_000), < 5 => random.Next(5_000), _ => random.Next(300) });
            await memory.PassAsync(time);
            await redis.PassAsync(time);
            if (random.Next(50) == 0)
            {
                var back = -TimeSpan.FromSeconds(random.Next(10_000));
                await memory.JumpAsync(back);
                await redis.JumpAsync(back);
            }

            var looks = await BothAsync((budget, _) => budget.LookAsync(_account, Token));
            Figures(looks[1]).ShouldBe(Figures(looks[0]), $"after step {step}");
        }

        async Task<T[]> BothAsync<T>(Func<IBudget, int, Task<T>> askAsync) => [await askAsync(budgets[0], 0), await askAsync(budgets[1], 1)];
    }

    static BudgetOutcome Outcome(Random random) => new(random.Next(12) switch
    {
        0 => BudgetEnd.Refused,
        1 => BudgetEnd.Failed,
        2 => BudgetEnd.Declined,
        3 => BudgetEnd.Void,
        4 => BudgetEnd.Unreached,
        _ => BudgetEnd.Answered,
    })
    {
        Wait = random.Next(2) == 0 ? TimeSpan.FromSeconds(random.Next(1, 100)) : null,
        IsPrimary = random.Next(10) == 0,
        Status = 403,
        Remaining = random.Next(4) == 0 ? random.Next(4000) : null,
        ResetsIn = random.Next(4) == 0 ? TimeSpan.FromMinutes(10) : null,
    };

    static BudgetGrant[][] ShouldAgree(BudgetAnswer[] answers, string when)
    {
        if (answers is [BudgetAnswer.Wait one, BudgetAnswer.Wait other])
        {
            (other.Reason, other.Status).ShouldBe((one.Reason, one.Status), when);
            other.Time.ShouldBe(one.Time, Rounding, when);
            return [];
        }

        BudgetGrant[] grants = [.. answers.Select(answer => answer.ShouldBeOfType<BudgetAnswer.Granted>($"{when}: {answers[0]}, {answers[1]}").Grant)];
        (grants[1].MinuteLevel, grants[1].HourLevel).ShouldBe((grants[0].MinuteLevel, grants[0].HourLevel), when);
        return [grants];
    }

    static void ShouldAgree(TimeSpan[] closed, string when) => closed[1].ShouldBe(closed[0], Rounding, when);

    static object Figures(BudgetSnapshot seen) => (
        seen.MinuteLimit, seen.HourLimit, seen.Pace, seen.MinuteCeiling, seen.HourCeiling, seen.UsedThisMinute, seen.UsedThisHour, seen.Reserved,
        seen.UnderWay, seen.Window, seen.Points, seen.Remaining, seen.Reason);
}
