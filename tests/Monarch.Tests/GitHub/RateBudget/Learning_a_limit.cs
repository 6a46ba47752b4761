using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.RateBudget;

/// <summary>GitHub's limit is lower than the cap, and not documented.</summary>
public sealed class Learning_a_limit : BudgetTest
{
    [Fact]
    public async Task Should_grant_one_creation_at_a_time_above_the_proven_level()
    {
        Given(Free with { CreatesPerMinute = 50 });
        await CreateAsync(3);
        Pass(Minute);

        BudgetGrant[] known = [await GrantedAsync("1"), await GrantedAsync("2"), await GrantedAsync("3")];
        (await WaitAsync("4")).Reason.ShouldBe(BudgetReason.Trial);
        await GrantedReadAsync();
        foreach (var grant in known)
        {
            await EndAsync(grant);
        }

        var trial = await GrantedAsync("4");
        (await WaitAsync("5")).Reason.ShouldBe(BudgetReason.Trial);
        await EndAsync(trial);
        await GrantedAsync("5");
    }

    [Fact]
    public async Task Should_set_the_ceiling_of_the_minute_a_little_below_the_refused_level()
    {
        await RefuseAfterAsync(20, TimeSpan.FromMilliseconds(100));
        var seen = await LookAsync();
        (seen.MinuteCeiling, seen.HourCeiling, seen.MinuteLimit).ShouldBe((18, null, 18));

        Pass(Minute);
        await CreateAsync(18);
        (await WaitAsync()).Reason.ShouldBe(BudgetReason.Minute);
    }

    [Fact]
    public async Task Should_blame_the_hour_when_the_wait_is_longer_than_a_minute()
    {
        await RefuseAfterAsync(20, Minute * 2);
        var seen = await LookAsync();
        (seen.MinuteCeiling, seen.HourCeiling, seen.HourLimit).ShouldBe((null, 18, 18));
    }

    [Fact]
    public async Task Should_not_blame_a_minute_that_is_proven_at_a_higher_level()
    {
        Given(Free with { CreatesPerMinute = 50, CreatesPerHour = 50 });
        await CreateAsync(10);
        Pass(Minute);
        await CreateAsync(5);
        await RefusedAsync(await GrantedAsync(), null);

        var seen = await LookAsync();
        (seen.MinuteCeiling, seen.HourCeiling).ShouldBe((null, 13));
    }

    [Fact]
    public async Task Should_learn_nothing_from_a_refusal_of_the_first_creations()
    {
        await RefuseAfterAsync(3, Little);
        var seen = await LookAsync();
        (seen.MinuteCeiling, seen.HourCeiling).ShouldBe((null, null));
    }

    [Fact]
    public async Task Should_probe_above_the_ceiling_after_an_hour_and_keep_what_succeeds()
    {
        await RefuseAfterAsync(30, Little);
        Pass(Hour);
        await CreateAsync(27);
        var probe = await GrantedAsync("28");
        (await WaitAsync("29")).Reason.ShouldBe(BudgetReason.Trial);
        await EndAsync(probe);
        await EndAsync(await GrantedAsync("29"));

        (await WaitAsync("30")).Reason.ShouldBe(BudgetReason.Minute);
        (await LookAsync()).MinuteCeiling.ShouldBe(29);
    }

    [Fact]
    public async Task Should_lower_the_ceiling_after_a_refused_probe_and_probe_an_hour_later()
    {
        await RefuseAfterAsync(20, Little);
        Pass(Hour);
        await CreateAsync(18);
        await RefusedAsync(await GrantedAsync(), Little);
        (await LookAsync()).MinuteCeiling.ShouldBe(16);

        for (var time = TimeSpan.Zero; time < Hour - Minute - Slack; time += Minute)
        {
            Pass(Minute);
            await EndAsync(await GrantedAsync());
            await CreateAsync(15);
            (await WaitAsync()).Reason.ShouldBe(BudgetReason.Minute);
        }

        Pass(Minute * 2);
        await EndAsync(await GrantedAsync());
        await CreateAsync(16);
    }

    [Fact]
    public async Task Should_drop_a_ceiling_that_has_risen_to_the_cap()
    {
        await RefuseAfterAsync(9, Little, cap: 10);
        foreach (var ceiling in (int[])[8, 9])
        {
            (await LookAsync()).MinuteLimit.ShouldBe(ceiling);
            Pass(Hour);
            await CreateAsync(ceiling + 1);
        }

        (await LookAsync()).MinuteLimit.ShouldBe(10);
        (await WaitAsync()).Reason.ShouldBe(BudgetReason.Minute);
    }

    [Fact]
    public async Task Should_learn_nothing_when_both_windows_are_proven_at_higher_levels()
    {
        await ProveAsync(30);
        await CreateAsync(6);
        await RefusedAsync(await GrantedAsync(), Minute * 2);

        var seen = await LookAsync();
        (seen.MinuteCeiling, seen.HourCeiling, seen.MinuteLimit, seen.HourLimit).ShouldBe((null, null, 50, 500));
        Pass(Minute * 2);
        await CreateAsync(50);
    }

    [Fact]
    public async Task Should_learn_from_a_second_refusal_at_the_same_level()
    {
        await ProveAsync(30);
        await CreateAsync(20);
        await RefusedAsync(await GrantedAsync(), Little);
        Pass(Minute);
        await CreateAsync(19);
        await RefusedAsync(await GrantedAsync(), Little);

        var seen = await LookAsync();
        (seen.MinuteCeiling, seen.HourCeiling).ShouldBe((17, null), "the hour has passed the level of the first refusal");
    }

    [Fact]
    public async Task Should_not_learn_from_a_second_refusal_without_creations_in_between()
    {
        await ProveAsync(30);
        await CreateAsync(6);
        for (var i = 0; i < 3; i++)
        {
            await RefusedAsync(await GrantedAsync(), Little);
            Pass(Little);
        }

        var seen = await LookAsync();
        (seen.MinuteCeiling, seen.HourCeiling).ShouldBe((null, null));
    }

    [Fact]
    public async Task Should_not_learn_from_a_second_refusal_hours_later_or_after_more_creations()
    {
        await ProveAsync(30);
        await CreateAsync(20);
        await RefusedAsync(await GrantedAsync(), Little);
        Pass(Hour + Minute);
        await CreateAsync(20);
        await RefusedAsync(await GrantedAsync(), Little);
        Pass(Minute);
        await CreateAsync(28);
        Pass(Minute);
        await CreateAsync(20);
        await RefusedAsync(await GrantedAsync(), Little);

        var seen = await LookAsync();
        (seen.MinuteCeiling, seen.HourCeiling).ShouldBe((null, null));
    }

    [Fact]
    public async Task Should_probe_twice_as_far_and_twice_as_soon_after_each_success()
    {
        await RefuseAfterAsync(30, Little);
        var wait = Hour;
        foreach (var ceiling in (int[])[29, 33, 45])
        {
            Pass(wait > Minute ? wait : Minute);
            await EndAsync(await GrantedAsync());
            await CreateAsync(ceiling - 1);
            (await WaitAsync()).Reason.ShouldBe(BudgetReason.Minute);
            (await LookAsync()).MinuteCeiling.ShouldBe(ceiling);
            wait /= 2;
        }
    }

    /// <summary>Creates a number per minute, three times; all succeed.</summary>
    async Task ProveAsync(int count)
    {
        Given(Free with { CreatesPerMinute = 50, CreatesPerHour = 500 });
        for (var minute = 0; minute < 3; minute++)
        {
            await CreateAsync(count);
            Pass(minute < 2 ? Minute : Hour);
        }
    }

    /// <summary>Creates a number within a minute; GitHub refuses the next one.</summary>
    async Task RefuseAfterAsync(int count, TimeSpan wait, int cap = 50)
    {
        Given(Free with { CreatesPerMinute = cap, CreatesPerHour = 500 });
        await CreateAsync(count);
        await RefusedAsync(await GrantedAsync(), wait);
    }
}
