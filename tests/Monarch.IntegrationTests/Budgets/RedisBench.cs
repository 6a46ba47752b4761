using Monarch.IntegrationTests.Workers;
using Monarch.Testing;
using Monarch.Tests.GitHub.Budgets.Suites;
using Monarch.Workers.GitHub.Budgets;
using StackExchange.Redis;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Budgets;

sealed class RedisBench(WorkersDatabase database) : BudgetBench
{
    public override async Task PassAsync(TimeSpan time)
    {
        var until = await NowAsync() + time;
        await Until.TrueAsync(async () => await NowAsync() >= until, "Redis' clock has gone on");
    }

    internal override IBudget Create(BudgetRules rules) => new RedisBudget(database.Connection(), rules);

    async Task<TimeSpan> NowAsync()
    {
        var now = (RedisValue[])(await database.Connection().ExecuteAsync("TIME", Token))!;
        return TimeSpan.FromSeconds((long)now[0]) + TimeSpan.FromMicroseconds((long)now[1]);
    }
}
