using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.RateBudget;

public sealed class Obeying_refusals : BudgetTest
{
    static readonly TimeSpan Named = Minute / 2;

    [Fact]
    public async Task Should_grant_nothing_until_the_time_that_GitHub_names()
    {
        Given(Free);
        var grant = await GrantedAsync();
        ShouldBeAbout(await RefusedAsync(grant, Named), Named);

        var (read, create) = (await WaitToReadAsync(), await WaitAsync("other"));
        (read.Reason, read.Status).ShouldBe((BudgetReason.Refused, 403));
        (create.Reason, create.Status).ShouldBe((BudgetReason.Refused, 403));
        ShouldBeAbout(read.Time, Named);
        var seen = await LookAsync();
        seen.Reason.ShouldBe(BudgetReason.Refused);
        ShouldBeAbout(seen.ClosedUntil!.Value - seen.Now, Named);

        Pass(Named);
        (await LookAsync()).ClosedUntil.ShouldBeNull();
        await GrantedReadAsync();
    }

    [Fact]
    public async Task Should_grant_one_request_at_a_time_until_one_succeeds()
    {
        Given(Free);
        await RefusedAsync(await GrantedAsync(), Named);
        Pass(Named);

        var trial = await GrantedReadAsync();
        (await WaitToReadAsync()).Reason.ShouldBe(BudgetReason.Trial);
        (await WaitAsync("a")).Reason.ShouldBe(BudgetReason.Trial);
        await EndAsync(trial, BudgetEnd.Failed);
        trial = await GrantedReadAsync();
        await WaitToReadAsync();
        await EndAsync(trial);

        // A read that succeeds proves nothing about creations.
        await GrantedReadAsync();
        await GrantedReadAsync();
        trial = await GrantedAsync("a");
        (await WaitAsync("b")).Reason.ShouldBe(BudgetReason.Trial);
        await EndAsync(trial);
        await GrantedAsync("b");
        await GrantedAsync("c");
    }

    [Fact]
    public async Task Should_not_count_an_answer_from_before_the_refusal_as_success()
    {
        Given(Free);
        var (early, refused) = (await GrantedAsync("early"), await GrantedAsync("refused"));
        Pass(Little);
        await RefusedAsync(refused, Named);
        await EndAsync(early);
        Pass(Named);
        await GrantedAsync("a");
        (await WaitAsync("b")).Reason.ShouldBe(BudgetReason.Trial);
    }

    [Fact]
    public async Task Should_double_the_wait_after_each_refusal_when_GitHub_names_none()
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
    public async Task Should_count_refusals_of_concurrent_requests_as_one()
    {
        Given(Free);
        var grants = new List<BudgetGrant>();
        for (var i = 0; i < 10; i++)
        {
            grants.Add(await GrantedAsync($"{i}"));
        }

        Pass(Little);
        foreach (var grant in grants)
        {
            (await RefusedAsync(grant, null)).ShouldBeLessThanOrEqualTo(Minute);
        }
    }

    [Fact]
    public async Task Should_obey_the_longest_named_wait()
    {
        Given(Free);
        var (one, other) = (await GrantedAsync("one"), await GrantedAsync("other"));
        Pass(Little);
        await RefusedAsync(one, Minute * 2);
        (await RefusedAsync(other, Little)).ShouldBeGreaterThan(Minute);
    }

    [Fact]
    public async Task Should_close_until_the_reset_when_no_requests_remain()
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
    public async Task Should_use_the_headers_of_the_latest_grant()
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
    public async Task Should_learn_no_ceiling_from_a_primary_rate_limit()
    {
        Given(Free with { CreatesPerMinute = 50, CreatesPerHour = 50 });
        await CreateAsync(10);
        await EndAsync(
            await GrantedAsync(),
            new BudgetOutcome(BudgetEnd.Refused)
            {
                Wait = Named,
                IsPrimary = true,
                Remaining = 0,
                ResetsIn = Named,
                Status = 403,
            }
        );
        var seen = await LookAsync();
        (seen.Reason, seen.MinuteCeiling, seen.HourCeiling).ShouldBe((BudgetReason.Requests, null, null));
    }
}
