using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.RateBudget;

/// <summary>The clock is set back, or was wrong for a moment.</summary>
public sealed class Correcting_a_clock_that_jumps : BudgetTest
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);
    static readonly TimeSpan Year = Day * 365;

    [Fact]
    public async Task Should_wait_no_longer_than_the_gap_after_the_clock_was_set_back()
    {
        Given(Free with { WriteGap = Little });
        await EndAsync(await GrantedAsync());
        Jump(-Day);
        (await WaitAsync()).Time.ShouldBeLessThanOrEqualTo(Little);
        Pass(Little);
        await GrantedAsync();
    }

    [Fact]
    public async Task Should_obey_a_refusal_for_the_named_time()
    {
        Given(Free);
        await RefusedAsync(await GrantedAsync(), Minute / 2);
        Jump(-Day);
        ShouldBeAbout((await WaitAsync()).Time, Minute / 2);
        Pass(Minute / 2);
        await EndAsync(await GrantedAsync());
        await GrantedReadAsync();
        await GrantedReadAsync();
    }

    [Fact]
    public async Task Should_count_creations_for_a_window_and_no_longer()
    {
        Given(Free with { CreatesPerMinute = 3, PointsPerMinute = 15 });
        await CreateAsync(1);
        Pass(Minute / 2);
        await CreateAsync(2);
        Jump(-Day);
        var wait = await WaitAsync();
        wait.Time.ShouldBeLessThanOrEqualTo(Minute + (Minute / 60));
        Pass(Minute / 2);
        (await LookAsync()).UsedThisMinute.ShouldBe(2, "the first is half a minute older");
        Pass((Minute / 2) + (Minute / 30));
        await EndAsync(await GrantedAsync());
        await CreateAsync(2);
    }

    [Fact]
    public async Task Should_release_an_expired_request()
    {
        Given(Free with { Concurrency = 1, Lease = Little });
        await GrantedReadAsync();
        Jump(-Day);
        await WaitToReadAsync();
        Pass(Little);
        await GrantedReadAsync();
    }

    [Fact]
    public async Task Should_recover_after_the_clock_was_a_year_ahead()
    {
        Given(Free with { CreatesPerMinute = 3, CreatesPerHour = 50, WriteGap = Little / 20, Concurrency = 2, Lease = Minute });
        for (var i = 0; i < 3; i++)
        {
            Pass(Little);
            await CreateAsync(1);
        }

        Jump(Year);
        await GrantedAsync("owner died");
        Pass(Little);
        var refused = await GrantedAsync();
        await EndAsync(
            refused,
            new BudgetOutcome(BudgetEnd.Refused)
            {
                Wait = Minute,
                Status = 403,
                Remaining = 0,
                ResetsIn = Minute,
            }
        );
        await WaitAsync("place");
        Jump(-Year);

        Pass(Minute);
        (await LookAsync()).ResetsAt.ShouldNotBeNull().ShouldBeLessThan((await LookAsync()).Now + Day);
        Pass(TimeSpan.FromHours(1));
        Pass(Minute);
        await EndAsync(await GrantedAsync("place"));
    }

    [Fact]
    public async Task Should_ask_GitHub_again_after_a_day_at_most()
    {
        Given(Free);
        (await RefusedAsync(await GrantedAsync(), Year)).ShouldBeLessThanOrEqualTo(Day);
        Pass(Day);
        await GrantedAsync();
    }
}
