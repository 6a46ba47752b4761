using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.RateBudget;

public sealed class Limiting_creations : BudgetTest
{
    [Fact]
    public async Task Should_grant_up_to_the_cap_of_a_minute_and_then_return_the_wait()
    {
        Given(Free with { CreatesPerMinute = 3 });
        await CreateAsync(3);
        var wait = await WaitAsync("fourth");
        wait.Reason.ShouldBe(BudgetReason.Minute);
        wait.Status.ShouldBeNull("no request was refused");
        ShouldBeAbout(wait.Time, Minute);

        Pass(wait.Time);
        await EndAsync(await GrantedAsync("fourth"));
    }

    [Fact]
    public async Task Should_apply_both_the_cap_of_an_hour_and_that_of_a_minute()
    {
        Given(Free with { CreatesPerMinute = 3, CreatesPerHour = 4 });
        await CreateAsync(3);
        Pass(Minute);
        await CreateAsync(1);
        var wait = await WaitAsync();
        wait.Reason.ShouldBe(BudgetReason.Hour);
        ShouldBeAbout(wait.Time, Hour - Minute);
        (await LookAsync()).ShouldSatisfyAllConditions(
            seen => seen.UsedThisMinute.ShouldBe(1),
            seen => seen.UsedThisHour.ShouldBe(4),
            seen => (seen.MinuteLimit, seen.HourLimit).ShouldBe((3, 4)),
            seen => seen.Reserved.ShouldBe(1),
            seen => seen.AnsweredAt.Count.ShouldBe(4)
        );
    }

    [Fact]
    public async Task Should_count_a_creation_until_a_minute_after_its_answer()
    {
        Given(Free with { CreatesPerMinute = 1 });
        var grant = await GrantedAsync();
        Pass(Minute * 2);
        (await WaitAsync("next")).ShouldNotBeNull("the first is still in flight");

        await EndAsync(grant);
        ShouldBeAbout((await WaitAsync("next")).Time, Minute);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_not_count_a_creation_that_was_not_sent(bool isUnreached)
    {
        Given(Free with { CreatesPerMinute = 1 });
        await EndAsync(await GrantedAsync(), isUnreached ? BudgetEnd.Unreached : BudgetEnd.Void);
        await EndAsync(await GrantedAsync());
        await WaitAsync();
    }

    [Theory]
    [InlineData(BudgetEnd.Declined)]
    [InlineData(BudgetEnd.Failed)]
    [InlineData(BudgetEnd.Refused)]
    public async Task Should_count_a_creation_that_GitHub_may_have_counted(object end)
    {
        Given(Free with { CreatesPerMinute = 1 });
        await EndAsync(await GrantedAsync(), (BudgetEnd)end);
        (await LookAsync()).UsedThisMinute.ShouldBe(1);
        await WaitAsync();
    }

    [Fact]
    public async Task Should_count_an_expired_grant_as_answered_at_the_end_of_its_lease()
    {
        Given(Free with { CreatesPerMinute = 1, Concurrency = 1, PointsPerMinute = 5, Lease = Minute / 2 });
        await GrantedAsync();
        Pass(Minute / 2);

        var seen = await LookAsync();
        (seen.UnderWay, seen.UsedThisMinute, seen.Points).ShouldBe((0, 1, 5));
        var wait = await WaitAsync();
        wait.Reason.ShouldBe(BudgetReason.Points, "points are counted by sixtieths, rounded up");
        wait.Time.ShouldBeInRange(Minute - Slack, Minute + (Minute / 60));
        Pass(wait.Time);
        await GrantedAsync();
    }

    [Fact]
    public async Task Should_count_a_creation_from_an_answer_after_its_lease()
    {
        Given(Free with { CreatesPerMinute = 1, Lease = Little });
        var grant = await GrantedAsync();
        Pass(Minute / 2);
        await EndAsync(grant);
        ShouldBeAbout((await WaitAsync()).Time, Minute);
        (await LookAsync()).UsedThisMinute.ShouldBe(1);
    }

    [Fact]
    public async Task Should_keep_a_gap_between_two_grants()
    {
        Given(Free with { WriteGap = Minute });
        await EndAsync(await GrantedAsync("first"));
        var (second, third) = (await WaitAsync("second"), await WaitAsync("third"));
        second.Reason.ShouldBe(BudgetReason.Turn);
        ShouldBeAbout(second.Time, Minute);
        ShouldBeAbout(third.Time, Minute * 2);
        await GrantedReadAsync();

        Pass(second.Time);
        await EndAsync(await GrantedAsync("second"));
    }

    [Fact]
    public async Task Should_limit_nothing_when_every_limit_is_zero()
    {
        Given(Free);
        for (var i = 0; i < 200; i++)
        {
            await GrantedAsync($"{i}");
        }

        var seen = await LookAsync();
        (seen.MinuteLimit, seen.HourLimit, seen.Window, seen.UnderWay).ShouldBe((null, null, null, 200));
    }

    [Fact]
    public async Task Should_start_slowly_and_raise_the_pace_after_each_full_minute()
    {
        Given(Free with { CreatesPerMinute = 12, StartPerMinute = 4 });
        await CreateAsync(4);
        var pace = 4;
        foreach (var next in (int[])[5, 6, 7, 8, 10, 12])
        {
            (await LookAsync()).Pace.ShouldBe(pace);
            (await WaitAsync("more")).Reason.ShouldBe(BudgetReason.Pace);
            Pass(Minute);
            await EndAsync(await GrantedAsync("more"));
            await CreateAsync(next - 1);
            pace = next;
        }

        (await LookAsync()).ShouldSatisfyAllConditions(seen => seen.Pace.ShouldBeNull(), seen => seen.MinuteLimit.ShouldBe(12));
    }

    [Fact]
    public async Task Should_not_raise_a_pace_that_is_not_used_up()
    {
        Given(Free with { CreatesPerMinute = 12, StartPerMinute = 4 });
        for (var minute = 0; minute < 4; minute++)
        {
            await CreateAsync(3);
            Pass(Minute);
        }

        (await LookAsync()).Pace.ShouldBe(4);
    }
}
