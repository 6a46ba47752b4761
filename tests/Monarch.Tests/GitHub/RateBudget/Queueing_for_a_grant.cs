using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.RateBudget;

public sealed class Queueing_for_a_grant : BudgetTest
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Should_serve_callers_in_their_order()
    {
        Given(Free with { CreatesPerMinute = 1, Grace = Long });
        await CreateAsync(1);
        var (first, second, third) = (await WaitAsync("first"), await WaitAsync("second"), await WaitAsync("third"));
        ShouldBeAbout(first.Time, Minute);
        second.Time.ShouldBeInRange((Minute * 2) - Slack, (Minute * 2) + Slack);
        third.Time.ShouldBeGreaterThan(second.Time);

        Pass(first.Time);
        await WaitAsync("newcomer");
        await WaitAsync("third");
        await WaitAsync("second");
        await EndAsync(await GrantedAsync("first"));

        Pass(Minute);
        await WaitAsync("third");
        await EndAsync(await GrantedAsync("second"));
    }

    [Fact]
    public async Task Should_keep_one_place_per_reservation()
    {
        Given(Free with { CreatesPerMinute = 1, Grace = Long });
        await CreateAsync(1);
        var first = await WaitAsync("same");
        (await WaitAsync("same")).Time.ShouldBeLessThanOrEqualTo(first.Time);
        (await LookAsync()).Reserved.ShouldBe(1);
    }

    [Fact]
    public async Task Should_give_the_place_of_an_absent_caller_to_the_next()
    {
        Given(Free with { CreatesPerMinute = 1, Grace = Little });
        await CreateAsync(1);
        var absent = await WaitAsync("absent");
        Pass(absent.Time);
        await WaitAsync("next");

        Pass(Little * 2);
        await EndAsync(await GrantedAsync("next"));
    }

    [Fact]
    public async Task Should_keep_the_places_while_the_account_is_closed()
    {
        Given(Free with { CreatesPerMinute = 2, Grace = Little });
        await CreateAsync(1);
        var grant = await GrantedAsync("refused");
        await WaitAsync("first");
        await WaitAsync("second");
        await RefusedAsync(grant, Minute * 2);

        Pass((Minute * 2) - Slack);
        var (second, first) = (await WaitAsync("second"), await WaitAsync("first"));
        first.Reason.ShouldBe(BudgetReason.Refused);
        (await LookAsync()).Reserved.ShouldBe(2);
        Pass(second.Time > first.Time ? second.Time : first.Time);
        await GrantedAsync("first");
    }

    [Fact]
    public async Task Should_free_the_place_with_the_grant()
    {
        Given(Free with { CreatesPerMinute = 1, Grace = Long });
        await CreateAsync(1);
        Pass((await WaitAsync("first")).Time);
        var grant = await GrantedAsync("first");
        (await LookAsync()).Reserved.ShouldBe(0);
        await EndAsync(grant, BudgetEnd.Void);
        await EndAsync(await GrantedAsync("first"));
    }

    [Fact]
    public async Task Should_spread_places_over_the_next_hours_when_this_hour_is_full()
    {
        Given(Free with { CreatesPerMinute = 2, CreatesPerHour = 2, Grace = Long });
        await CreateAsync(2);
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 6; i++)
        {
            waits.Add((await WaitAsync($"{i}")).Time);
        }

        waits[0].ShouldBeInRange(Hour - Slack, Hour);
        waits[2].ShouldBeInRange((Hour * 2) - Slack, (Hour * 2) + Slack);
        waits[4].ShouldBeInRange((Hour * 3) - Slack, (Hour * 3) + (Slack * 2));
    }
}
