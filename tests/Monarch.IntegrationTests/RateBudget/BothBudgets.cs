using Microsoft.Extensions.Time.Testing;
using Monarch.IntegrationTests.Workers;
using Monarch.Tests;
using Monarch.Workers.GitHub.RateBudget;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.RateBudget;

/// <summary>
/// The budget in memory and the one on Redis, with one clock. Each call is made to both; the first difference fails the test and shows the
/// last calls.
/// </summary>
sealed class BothBudgets
{
    const int ShownCalls = 15;

    /// <summary>The budget in memory keeps fractions of a microsecond, the one on Redis does not.</summary>
    static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    readonly string _title,
        _account = $"{Guid.NewGuid():N}",
        _clock = $"test:clock:{Guid.NewGuid():N}";
    readonly WorkersDatabase _database;
    readonly BudgetRules _rules;
    readonly FakeTimeProvider _time = FakeTime.New();
    readonly InMemoryBudget _memory;
    readonly RedisBudget _redis;
    readonly List<(DateTimeOffset From, DateTimeOffset To)> _rounded = [];
    readonly Queue<string> _history = new();

    /// <param name="database">Where one of them stores its accounts, and finds the time.</param>
    /// <param name="rules">The rules of both.</param>
    /// <param name="title">Names the seed and the rules in a failure.</param>
    public BothBudgets(WorkersDatabase database, BudgetRules rules, string title)
    {
        (_database, _rules, _title) = (database, rules, title);
        _memory = new(rules, _time);
        _redis = new(database.Connection(), rules, $"{{0, tonumber(redis.call('GET', '{_clock}') or '{Micros()}')}}");
    }

    public async Task<BothAnswers> AskAsync(BudgetKind kind, string? reservation)
    {
        var request = new BudgetRequest(_account, kind, reservation);
        var answers = new BothAnswers(await _memory.AskAsync(request, Token), await _redis.AskAsync(request, Token));
        Compare($"Ask {kind} '{reservation}'", WithoutId(answers.Memory), WithoutId(answers.Redis));
        if (answers is (BudgetAnswer.Wait { Time: var memory }, BudgetAnswer.Wait { Time: var redis }) && memory != redis)
        {
            var (from, to) = (_time.GetUtcNow() + memory - Rounding, _time.GetUtcNow() + memory + Rounding);
            _rounded.AddRange([(from, to), (from + _rules.Grace, to + _rules.Grace)]);
        }

        return answers;
    }

    public async Task EndAsync(BothGrants grants, BudgetOutcome outcome)
    {
        var (memory, redis) = (await _memory.EndAsync(grants.Memory, outcome, Token), await _redis.EndAsync(grants.Redis, outcome, Token));
        Compare($"End {WithoutId(grants.Memory)}, {outcome}", new { Closed = memory }, new { Closed = redis });
    }

    public async Task CompareSnapshotsAsync() =>
        ShouldBeEqual(await _memory.LookAsync(_account, Token), await _redis.LookAsync(_account, Token));

    /// <summary>Moves the clock, also back, by whole milliseconds.</summary>
    public async Task MoveAsync(TimeSpan time)
    {
        if (time == TimeSpan.Zero)
        {
            return;
        }

        var now = _time.GetUtcNow() + TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));
        // No call falls between two times that differ by their rounding only.
        while (_rounded.Exists(times => times.From <= now && now <= times.To))
        {
            now += Rounding;
        }

        _time.AdjustTime(now);
        await _database.Connection().ExecuteAsync("SET", Token, _clock, Micros());
    }

    static BudgetGrant WithoutId(BudgetGrant grant) => grant with { Account = "", Id = "" };

    static object WithoutId(BudgetAnswer answer) => answer is BudgetAnswer.Granted granted ? WithoutId(granted.Grant) : answer;

    long Micros() => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    void Compare(string call, object memory, object redis)
    {
        _history.Enqueue($"{_time.GetUtcNow():O} {call}: {memory}");
        if (_history.Count > ShownCalls)
        {
            _history.Dequeue();
        }

        ShouldBeEqual(memory, redis);
    }

    void ShouldBeEqual(object memory, object redis)
    {
        string[] differences =
            memory.GetType() == redis.GetType()
                ?
                [
                    .. memory
                        .GetType()
                        .GetProperties()
                        .Select(property => (property.Name, Memory: property.GetValue(memory), Redis: property.GetValue(redis)))
                        .Where(values => !AreEqual(values.Memory, values.Redis))
                        .Select(values => $"{values.Name}: {Text(values.Memory)} in memory, {Text(values.Redis)} on Redis"),
                ]
                : [$"{memory} in memory, {redis} on Redis"];
        if (differences.Length > 0)
        {
            Assert.Fail(string.Join('\n', [$"{_title}: the budgets differ.", .. differences, "The last calls:", .. _history, $"{_rules}"]));
        }
    }

    static bool AreEqual(object? memory, object? redis) =>
        (memory, redis) switch
        {
            (TimeSpan one, TimeSpan other) => (one - other).Duration() <= Rounding,
            (IEnumerable<DateTimeOffset> one, IEnumerable<DateTimeOffset> other) => one.SequenceEqual(other),
            _ => Equals(memory, redis),
        };

    static string Text(object? value) =>
        value switch
        {
            null => "null",
            IEnumerable<DateTimeOffset> times => string.Join(' ', times.Select(time => $"{time:O}")),
            DateTimeOffset time => $"{time:O}",
            _ => $"{value}",
        };
}

/// <summary>The answers of both budgets to one request.</summary>
sealed record BothAnswers(BudgetAnswer Memory, BudgetAnswer Redis);

/// <summary>The grants of both budgets for one request.</summary>
sealed record BothGrants(BudgetGrant Memory, BudgetGrant Redis);
