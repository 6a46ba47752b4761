using Monarch.IntegrationTests.Workers;
using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using StackExchange.Redis;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.RateBudget;

public sealed class Remembering_an_account(WorkersDatabase database) : IClassFixture<WorkersDatabase>
{
    static readonly BudgetRules Rules = new()
    {
        CreatesPerMinute = 80,
        CreatesPerHour = 500,
        PointsPerMinute = 900,
        Concurrency = 20,
    };

    readonly string _account = $"{Guid.NewGuid():N}";

    [Fact]
    public async Task Should_keep_the_ceiling_after_a_restart_of_every_replica()
    {
        await CreateAsync(Replica(), 20);
        await RefuseAsync(Replica(), TimeSpan.FromSeconds(30));

        var seen = await Replica().LookAsync(_account, Token);
        (seen.MinuteCeiling, seen.MinuteLimit, seen.Reason).ShouldBe((18, 18, BudgetReason.Refused));
    }

    [Fact]
    public async Task Should_stop_every_replica_within_one_round_trip()
    {
        var (one, other) = (Replica(), Replica());
        await CreateAsync(other, 1);
        await RefuseAsync(one, TimeSpan.FromMinutes(3));
        var wait = (await other.AskAsync(new(_account, BudgetKind.Read), Token)).ShouldBeOfType<BudgetAnswer.Wait>();
        wait.Time.ShouldBeGreaterThan(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Should_not_affect_another_account()
    {
        await RefuseAsync(Replica(), TimeSpan.FromMinutes(3));
        (await Replica().AskAsync(new("another", BudgetKind.Read), Token)).ShouldBeOfType<BudgetAnswer.Granted>();
    }

    [Fact]
    public async Task Should_keep_the_account_for_a_year_and_its_lists_for_a_day_in_one_slot()
    {
        var replica = Replica();
        await CreateAsync(replica, 3);
        await replica.AskAsync(new(_account, BudgetKind.Read), Token);
        await replica.AskAsync(new(_account, BudgetKind.Create, "in flight"), Token);
        await replica.AskAsync(new(_account, BudgetKind.Write, "in flight"), Token);
        await replica.AskAsync(new(_account, BudgetKind.Create, "waiting"), Token);

        var found = (RedisValue[])(await database.Connection().ExecuteAsync("KEYS", Token, $"*{_account}*"))!;
        var keys = found.Select(key => (string)key!).Order().ToList();
        var account = $"monarch:budget:{{{_account}}}";
        string[] lists = ["answered", "creating", "places", "promised", "reading", "spent", "writing"];
        keys.ShouldBe([account, .. lists.Select(list => $"{account}:{list}")]);
        foreach (var key in keys)
        {
            var left = (await database.Connection().RunAsync(db => db.KeyTimeToLiveAsync(key), Token)).ShouldNotBeNull();
            left.ShouldBeInRange(TimeSpan.FromHours(23), key == account ? TimeSpan.FromDays(366) : TimeSpan.FromDays(1));
        }
    }

    RedisBudget Replica() => new(database.Connection(), Rules);

    async Task CreateAsync(RedisBudget budget, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await budget.EndAsync(await GrantedAsync(budget), new(BudgetEnd.Answered), Token);
        }
    }

    async Task RefuseAsync(RedisBudget budget, TimeSpan wait) =>
        await budget.EndAsync(await GrantedAsync(budget), new(BudgetEnd.Refused) { Wait = wait, Status = 403 }, Token);

    async Task<BudgetGrant> GrantedAsync(RedisBudget budget) =>
        (await budget.AskAsync(new(_account, BudgetKind.Create, $"{Guid.NewGuid()}"), Token)).ShouldBeOfType<BudgetAnswer.Granted>().Grant;
}
