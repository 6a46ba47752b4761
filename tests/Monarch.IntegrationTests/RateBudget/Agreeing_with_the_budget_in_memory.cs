using Monarch.IntegrationTests.Workers;
using Monarch.Workers.GitHub.RateBudget;
using Xunit;

namespace Monarch.IntegrationTests.RateBudget;

/// <summary>
/// Holds the budget in Lua to the one in C#: both receive 10,000 random calls, drawn from fixed seeds, at the same times. The rules
/// themselves are tested in C# only, in Monarch.Tests/GitHub/RateBudget.
/// </summary>
public sealed class Agreeing_with_the_budget_in_memory(WorkersDatabase database) : IClassFixture<WorkersDatabase>
{
    const int Steps = 1250;

    static readonly BudgetRules Few = new()
    {
        CreatesPerMinute = 12,
        CreatesPerHour = 60,
        StartPerMinute = 4,
        WriteGap = TimeSpan.FromMilliseconds(200),
        Concurrency = 6,
        PointsPerMinute = 90,
        Lease = TimeSpan.FromSeconds(5),
    };

    static readonly Dictionary<string, BudgetRules> RuleSets = new()
    {
        ["GitHub's limits"] = new()
        {
            CreatesPerMinute = 80,
            CreatesPerHour = 500,
            StartPerMinute = 20,
            WriteGap = TimeSpan.FromSeconds(1),
            Concurrency = 20,
            PointsPerMinute = 900,
        },
        ["few creations"] = Few,
        ["a limit per minute only"] = new() { CreatesPerMinute = 30 },
        ["a limit per hour only"] = Few with { CreatesPerMinute = 0, Concurrency = 0, PointsPerMinute = 0 },
        ["one creation an hour"] = new()
        {
            CreatesPerMinute = 80,
            CreatesPerHour = 1,
            WriteGap = TimeSpan.FromSeconds(1),
        },
        ["one request at a time"] = new()
        {
            Concurrency = 1,
            PointsPerMinute = 40,
            Lease = TimeSpan.FromSeconds(1),
            Grace = TimeSpan.FromSeconds(1),
        },
        ["compressed time"] = Few with
        {
            Minute = TimeSpan.FromMilliseconds(1200),
            Hour = TimeSpan.FromSeconds(12),
            StartPerMinute = 0,
            WriteGap = TimeSpan.FromMilliseconds(4),
            Lease = TimeSpan.FromMilliseconds(300),
            Grace = TimeSpan.FromMilliseconds(200),
        },
        ["no limits"] = new(),
    };

    [Theory]
    [InlineData("GitHub's limits", 1)]
    [InlineData("few creations", 2)]
    [InlineData("a limit per minute only", 3)]
    [InlineData("a limit per hour only", 4)]
    [InlineData("one creation an hour", 5)]
    [InlineData("one request at a time", 6)]
    [InlineData("compressed time", 7)]
    [InlineData("no limits", 8)]
    public async Task Should_give_equal_answers_to_equal_calls(string ruleSet, int seed)
    {
        var rules = RuleSets[ruleSet];
        var budgets = new BothBudgets(database, rules, $"seed {seed} with {ruleSet}");
        var calls = new RandomBudgetCalls(budgets, rules, seed);
        for (var step = 0; step < Steps; step++)
        {
            await calls.NextAsync();
        }
    }
}
