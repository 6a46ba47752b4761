using Monarch.IntegrationTests.Workers;
using Monarch.Tests.GitHub.Budgets.Suites;
using Monarch.Workers.GitHub.RateBudget;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Budgets;

/// <summary>Two connections in turn, and a clock in Redis that is moved by hand: a busy machine makes no test fail.</summary>
sealed class RedisBench(WorkersDatabase database) : BudgetBench
{
    readonly string _clock = $"test:clock:{Guid.NewGuid():N}";
    long _micros = new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;

    public override async Task PassAsync(TimeSpan time)
    {
        _micros += time.Ticks / TimeSpan.TicksPerMicrosecond;
        await database.Connection().ExecuteAsync("SET", Token, _clock, _micros);
    }

    public override Task JumpAsync(TimeSpan time) => PassAsync(time);

    internal override IBudget Create(BudgetRules rules) =>
        new RedisBudget(database.Connection(), rules, $"{{0, tonumber(redis.call('GET', '{_clock}') or '{_micros}')}}");
}
