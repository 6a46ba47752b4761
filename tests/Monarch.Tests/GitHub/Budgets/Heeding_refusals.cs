using Monarch.Workers.GitHub.Budgets;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Budgets;

public sealed class Heeding_refusals : BudgetTest
{
    static readonly TimeSpan Told = Minute / 2;

    [Fact]
    public async Task Should_grant_nothing_at_once_until_the_time_that_GitHub_names()
    {
        Given(Free);
        var grant = await GrantedAsync();
        ShouldBeAbout(await RefusedAsync(grant, Told), Told);

        var (read, create) = (await WaitToReadAsync(), await WaitAsync("other"));
        (read.Reason, read.Status).ShouldBe((BudgetReason.Refused, 403));
        (create.Reason, create.Status).ShouldBe((BudgetReason.Refused, 403));
        ShouldBeAbout(read.Time, Told);
        var seen = await LookAsync();
        seen.Reason.ShouldBe(BudgetReason.Refused);
        ShouldBeAbout(seen.ClosedUntil!.Value - seen.Now, Told);

        Pass(Told);
        (await LookAsync()).ClosedUntil.ShouldBeNull();
        await GrantedReadAsync();
    }

    [Fact]
    public async Task Should_let_one_request_alone_go_until_GitHub_is_content_again()
    {
        Given(Free);
        await RefusedAsync(await GrantedAsync(), Told);
        Pass(Told);

        var trial = await GrantedReadAsync();
        (await WaitToReadAsync()).Reason.ShouldBe(BudgetReason.Trial);
        (await WaitAsync("a")).Reason.ShouldBe(BudgetReason.Trial);
        await EndAsync(trial, BudgetEnd.Failed);
        trial = await GrantedReadAsync();
        await WaitToReadAsync();
        await EndAsync(trial);

        // Reads say nothing of creations.
        await GrantedReadAsync();
        await GrantedReadAsync();
        trial = await GrantedAsync("a");
        (await WaitAsync("b")).Reason.ShouldBe(BudgetReason.Trial);
        await EndAsync(trial);
        await GrantedAsync("b");
        await GrantedAsync("c");
    }

    [Fact]
    public async Task Should_not_take_an_answer_from_before_the_refusal_for_content()
    {
        Given(Free);
        var (early, refused) = (await GrantedAsync("early"), await GrantedAsync("refused"));
        Pass(Little);
        await RefusedAsync(refused, Told);
        await EndAsync(early);
        Pass(Told);
        await GrantedAsync("a");
        (await WaitAsync("b")).Reason.ShouldBe(BudgetReason.Trial);
    }

    [Fact]
    public async Task Should_wait_a_minute_then_twice_as_long_each_time_where_GitHub_names_no_time()
    {
        Given(Free);
        foreach (var expected in (TimeSpan[])[Minute, Minute * 2, Hour])
        {
            var wait = await RefusedAsync(await GrantedAsync(), null);
            ShouldBeAbout(wait, expected);
            Pass(wait);
        }

        await CreateAsync(1);
        ShouldBeAbout(await RefusedAsync(await GrantedAsync(), null), Minute);
    }

    [Fact]
    public async Task Should_take_what_was_under_way_together_for_one_refusal()
    {
        Given(Free);
        var grants = new List<BudgetGrant>();
        for (var i = 0; i < 10; i++)
            grants.Add(await GrantedAsync($"{i}"));
        Pass(Little);
        foreach (var grant in grants)
            (await RefusedAsync(grant, null)).ShouldBeLessThanOrEqualTo(Minute);
    }

    [Fact]
    public async Task Should_obey_the_longest_time_that_was_named()
    {
        Given(Free);
        var (one, other) = (await GrantedAsync("one"), await GrantedAsync("other"));
        Pass(Little);
        await RefusedAsync(one, Minute * 2);
        (await RefusedAsync(other, Little)).ShouldBeGreaterThan(Minute);
    }

    [Fact]
    public async Task Should_close_until_the_reset_when_the_hours_requests_are_used_up()
    {
        Given(Free);
        await EndAsync(await GrantedReadAsync(), new BudgetOutcome(BudgetEnd.Answered) { Remaining = 2, ResetsIn = Hour });
        await GrantedReadAsync();
        await GrantedAsync();
        (await LookAsync()).Remaining.ShouldBe(0);

        var wait = await WaitToReadAsync();
        (wait.Reason, wait.Status).ShouldBe((BudgetReason.Requests, null));
        ShouldBeAbout(wait.Time, Hour);
        Pass(wait.Time);
        await GrantedReadAsync();
    }

    [Fact]
    public async Task Should_not_be_misled_by_answers_that_overtake_each_other()
    {
        Given(Free);
        var first = await GrantedReadAsync();
        Pass(Little);
        var second = await GrantedReadAsync();
        var third = await GrantedReadAsync();
        await EndAsync(second, new BudgetOutcome(BudgetEnd.Answered) { Remaining = 1, ResetsIn = Hour });
        await EndAsync(first, new BudgetOutcome(BudgetEnd.Answered) { Remaining = 3, ResetsIn = Hour });
        (await WaitToReadAsync()).Reason.ShouldBe(BudgetReason.Requests, "the third takes what is left");

        await EndAsync(third, new BudgetOutcome(BudgetEnd.Answered) { Remaining = 4000, ResetsIn = Hour * 2 });
        (await LookAsync()).Remaining.ShouldBe(4000, "a new hour has begun");
    }

    [Fact]
    public async Task Should_learn_nothing_of_creations_where_the_hours_requests_are_used_up()
    {
        Given(Free with { CreatesPerMinute = 50, CreatesPerHour = 50 });
        await CreateAsync(10);
        await EndAsync(
            await GrantedAsync(),
            new BudgetOutcome(BudgetEnd.Refused) { Wait = Told, IsPrimary = true, Remaining = 0, ResetsIn = Told, Status = 403 });
        var seen = await LookAsync();
        (seen.Reason, seen.MinuteCeiling, seen.HourCeiling).ShouldBe((BudgetReason.Requests, null, null));
    }
}
