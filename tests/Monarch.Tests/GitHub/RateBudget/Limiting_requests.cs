using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.RateBudget;

public sealed class Limiting_requests : BudgetTest
{
    [Fact]
    public async Task Should_count_a_point_for_a_read_and_five_for_a_creation()
    {
        Given(Free with { PointsPerMinute = 12 });
        BudgetGrant[] grants = [await GrantedAsync(), await GrantedAsync(), await GrantedReadAsync(), await GrantedReadAsync()];
        (await WaitToReadAsync()).Reason.ShouldBe(BudgetReason.Points);
        foreach (var grant in grants)
        {
            await EndAsync(grant);
        }

        (await LookAsync()).Points.ShouldBe(12);
        var wait = await WaitToReadAsync();
        wait.Reason.ShouldBe(BudgetReason.Points);
        wait.Time.ShouldBeInRange(Minute - Slack, Minute + (Minute / 60));
        Pass(wait.Time);
        await GrantedReadAsync();
    }

    [Fact]
    public async Task Should_not_grant_a_creation_with_too_few_points_left()
    {
        Given(Free with { PointsPerMinute = 9 });
        await EndAsync(await GrantedAsync());
        (await WaitAsync()).Reason.ShouldBe(BudgetReason.Points);
        await GrantedReadAsync();
    }

    [Fact]
    public async Task Should_limit_the_requests_in_flight()
    {
        Given(Free with { Concurrency = 2 });
        var first = await GrantedAsync("first");
        await GrantedReadAsync();
        var wait = await WaitAsync("third");
        wait.Reason.ShouldBe(BudgetReason.Busy);
        wait.Time.ShouldBeLessThanOrEqualTo(Minute, "the duration of a request");
        (await WaitToReadAsync()).Reason.ShouldBe(BudgetReason.Busy);

        await EndAsync(first);
        await WaitAsync("not its turn");
        await GrantedAsync("third");
    }

    [Fact]
    public async Task Should_release_an_expired_read()
    {
        Given(Free with { Concurrency = 1, Lease = Little });
        await GrantedReadAsync();
        Pass(Little);
        await GrantedReadAsync();
    }

    [Theory]
    [InlineData(BudgetEnd.Failed)]
    [InlineData(BudgetEnd.Unreached)]
    public async Task Should_halve_the_window_once_per_round_trip_when_GitHub_fails(object end)
    {
        Given(Free with { Concurrency = 16 });
        var grants = new List<BudgetGrant>();
        for (var i = 0; i < 16; i++)
        {
            grants.Add(await GrantedReadAsync());
        }

        Pass(Little);
        foreach (var grant in grants)
        {
            await EndAsync(grant, (BudgetEnd)end);
        }

        (await LookAsync()).Window.ShouldBe(8);

        foreach (var window in (int[])[4, 2, 1, 1])
        {
            await EndAsync(await GrantedReadAsync(), (BudgetEnd)end);
            (await LookAsync()).Window.ShouldBe(window);
        }
    }

    [Fact]
    public async Task Should_grow_the_window_by_one_per_window_of_answers()
    {
        Given(Free with { Concurrency = 4 });
        await EndAsync(await GrantedReadAsync(), BudgetEnd.Failed);
        await EndAsync(await GrantedReadAsync(), BudgetEnd.Failed);
        foreach (var (answers, window) in (List<(int, int)>)[(1, 2), (1, 2), (1, 2), (1, 3), (2, 3), (2, 4), (9, 4)])
        {
            for (var i = 0; i < answers; i++)
            {
                await EndAsync(await GrantedReadAsync());
            }

            (await LookAsync()).Window.ShouldBe(window);
        }
    }
}
