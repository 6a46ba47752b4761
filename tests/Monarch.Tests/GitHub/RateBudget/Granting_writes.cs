using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.RateBudget;

/// <summary>Writes that create no content: labels, milestones, changes of issues, relations between issues.</summary>
public sealed class Granting_writes : BudgetTest
{
    static readonly TimeSpan Gap = Minute / 10;

    [Fact]
    public async Task Should_count_five_points_in_flight_and_after_the_answer()
    {
        Given(Free with { PointsPerMinute = 12 });
        var (first, second) = (await GrantedWriteAsync("first"), await GrantedWriteAsync("second"));
        (await LookAsync()).Points.ShouldBe(10);
        (await WaitToWriteAsync("third")).Reason.ShouldBe(BudgetReason.Points);
        await EndAsync(await GrantedReadAsync());

        await EndAsync(first);
        await EndAsync(second);
        var wait = await WaitToWriteAsync("third");
        wait.Reason.ShouldBe(BudgetReason.Points);
        wait.Time.ShouldBeInRange(Minute - Slack, Minute + (Minute / 60));
        Pass(wait.Time);
        await GrantedWriteAsync("third");
    }

    [Fact]
    public async Task Should_count_five_points_for_a_minute_after_the_lease_expired()
    {
        Given(Free with { PointsPerMinute = 12, Concurrency = 1, Lease = Little });
        await GrantedWriteAsync();
        Pass(Little);
        (await LookAsync()).ShouldSatisfyAllConditions(seen => seen.UnderWay.ShouldBe(0), seen => seen.Points.ShouldBe(5));
        await GrantedWriteAsync();
        Pass(Minute + (Minute / 60));
        (await LookAsync()).Points.ShouldBe(5, "the second expired later");
    }

    [Fact]
    public async Task Should_release_an_expired_write_after_the_clock_was_set_back()
    {
        Given(Free with { Concurrency = 1, Lease = Little });
        await GrantedWriteAsync();
        Jump(TimeSpan.FromDays(-1));
        await WaitToReadAsync();
        Pass(Little);
        await GrantedReadAsync();
    }

    [Fact]
    public async Task Should_not_count_as_a_creation()
    {
        Given(Free with { CreatesPerMinute = 2, CreatesPerHour = 2 });
        for (var i = 0; i < 5; i++)
        {
            await EndAsync(await GrantedWriteAsync($"{i}"));
        }

        var grant = await GrantedWriteAsync("in flight");
        (grant.MinuteLevel, grant.HourLevel).ShouldBe((0, 0));
        var seen = await LookAsync();
        (seen.UsedThisMinute, seen.UsedThisHour, seen.UnderWay).ShouldBe((0, 0, 1));
        await CreateAsync(2);
        (await WaitAsync()).Reason.ShouldBe(BudgetReason.Hour);
        await GrantedWriteAsync("while the windows are full");
    }

    [Fact]
    public async Task Should_keep_the_gap_to_writes_and_creations()
    {
        Given(Free with { WriteGap = Gap });
        await GrantedWriteAsync("1");
        var wait = await WaitToWriteAsync("2");
        (wait.Reason, wait.Time).ShouldBe((BudgetReason.Turn, Gap));
        await GrantedReadAsync();

        Pass(Gap);
        await GrantedWriteAsync("2");
        (await WaitAsync("3")).Time.ShouldBe(Gap);
        Pass(Gap);
        await GrantedAsync("3");
        (await WaitToWriteAsync("4")).Time.ShouldBe(Gap);
    }

    [Fact]
    public async Task Should_share_the_queue_with_creations()
    {
        Given(Free with { WriteGap = Gap });
        await GrantedAsync("first");
        (await WaitToWriteAsync("write")).Time.ShouldBe(Gap);
        (await WaitAsync("creation")).Time.ShouldBe(Gap * 2);
        (await WaitToWriteAsync("last")).Time.ShouldBe(Gap * 3);
        (await WaitToWriteAsync("write")).Time.ShouldBe(Gap, "it keeps its place");
        (await LookAsync()).Reserved.ShouldBe(3);

        Pass(Gap);
        await GrantedWriteAsync("write");
        (await LookAsync()).Reserved.ShouldBe(2);
        (await WaitToWriteAsync("newcomer")).Time.ShouldBe(Gap * 3, "after the creation and the last write");
        Pass(Gap);
        await GrantedAsync("creation");
    }

    [Fact]
    public async Task Should_have_a_place_apart_from_a_creation_s_of_the_same_name()
    {
        Given(Free with { WriteGap = Gap });
        await GrantedAsync("first");
        await WaitAsync("same");
        (await WaitToWriteAsync("same")).Time.ShouldBe(Gap * 2);
        (await LookAsync()).Reserved.ShouldBe(2);
    }

    [Fact]
    public async Task Should_not_wait_behind_creations_that_wait_for_a_window()
    {
        Given(Free with { CreatesPerMinute = 1, WriteGap = Gap, Concurrency = 3, Grace = Hour });
        await CreateAsync(1);
        for (var i = 0; i < 5; i++)
        {
            (await WaitAsync($"creation {i}")).Reason.ShouldBe(BudgetReason.Minute);
        }

        (await WaitToWriteAsync("first")).Time.ShouldBe(Gap);
        (await WaitToWriteAsync("second")).Time.ShouldBe(Gap * 2);
        Pass(Gap);
        await EndAsync(await GrantedWriteAsync("first"));
        Pass(Gap);
        await EndAsync(await GrantedWriteAsync("second"));
    }

    [Fact]
    public async Task Should_let_a_creation_that_has_waited_for_its_window_go_first()
    {
        Given(Free with { CreatesPerMinute = 1, WriteGap = Gap });
        await CreateAsync(1);
        var wait = await WaitAsync("creation");
        Pass(wait.Time - (Gap / 2));
        await EndAsync(await GrantedWriteAsync("between"));
        Pass(Gap / 2);
        (await WaitAsync("creation")).Time.ShouldBe(Gap / 2);
        (await WaitToWriteAsync("behind")).Time.ShouldBe(Gap * 3 / 2);
        Pass(Gap / 2);
        await GrantedAsync("creation");
    }

    [Fact]
    public async Task Should_not_take_a_creation_s_place_in_a_window()
    {
        Given(Free with { CreatesPerMinute = 2, WriteGap = Gap, Grace = Hour });
        await CreateAsync(1);
        await WaitToWriteAsync("1");
        await WaitToWriteAsync("2");
        await WaitToWriteAsync("3");
        var wait = await WaitAsync("creation");
        (wait.Reason, wait.Time).ShouldBe((BudgetReason.Turn, Gap * 4));
        (await WaitAsync("next")).Time.ShouldBe(Minute);
        var later = await WaitAsync("one after that");
        later.Time.ShouldBe(Minute + (Gap * 4), "a minute after the first creation in the queue");
    }

    [Fact]
    public async Task Should_not_raise_the_pace()
    {
        Given(Free with { CreatesPerMinute = 80, StartPerMinute = 2 });
        for (var i = 0; i < 4; i++)
        {
            await EndAsync(await GrantedWriteAsync($"{i}"));
            Pass(Minute);
        }

        await CreateAsync(2);
        Pass(Minute - Little);
        (await GrantedWriteAsync("a minute later")).MinuteLevel.ShouldBe(0);
        (await LookAsync()).Pace.ShouldBe(2);
    }

    [Fact]
    public async Task Should_not_probe_a_ceiling()
    {
        Given(Free with { CreatesPerMinute = 20, Hour = Minute });
        await CreateAsync(10);
        await RefusedAsync(await GrantedAsync("refused"), Minute / 4);
        (await LookAsync()).MinuteCeiling.ShouldBe(9);
        Pass(Hour);
        await CreateAsync(9);
        for (var i = 0; i < 20; i++)
        {
            await EndAsync(await GrantedWriteAsync($"{i}"));
        }

        (await LookAsync()).ShouldSatisfyAllConditions(seen => seen.MinuteCeiling.ShouldBe(9), seen => seen.MinuteLimit.ShouldBe(9));
    }

    [Fact]
    public async Task Should_not_wait_for_the_creation_that_probes_a_level()
    {
        Given(Free);
        await RefusedAsync(await GrantedAsync(), Minute / 2);
        Pass(Minute / 2);
        await EndAsync(await GrantedWriteAsync("alone"));
        await GrantedAsync("probe");
        (await WaitAsync("another")).Reason.ShouldBe(BudgetReason.Trial);
        await GrantedWriteAsync("write");
    }

    [Fact]
    public async Task Should_close_the_account_when_GitHub_refuses_one_and_not_lower_the_ceiling()
    {
        Given(Free with { CreatesPerMinute = 20 });
        await CreateAsync(10);
        ShouldBeAbout(await RefusedAsync(await GrantedWriteAsync(), Minute / 2), Minute / 2);
        foreach (var wait in (BudgetAnswer.Wait[])[await WaitToReadAsync(), await WaitAsync("creation"), await WaitToWriteAsync("write")])
        {
            (wait.Reason, wait.Status).ShouldBe((BudgetReason.Refused, 403));
        }

        (await LookAsync()).MinuteCeiling.ShouldBeNull();
        ShouldBeAbout(await RefusedAsync(await AfterAsync(Minute / 2), null), Minute);
    }

    [Fact]
    public async Task Should_go_alone_after_a_refusal()
    {
        Given(Free);
        await RefusedAsync(await GrantedReadAsync(), Minute / 2);
        Pass(Minute / 2);
        var trial = await GrantedWriteAsync("trial");
        (await WaitToReadAsync()).Reason.ShouldBe(BudgetReason.Trial);
        (await WaitToWriteAsync("another")).Reason.ShouldBe(BudgetReason.Trial);
        await EndAsync(trial);
        await GrantedWriteAsync("another");
        await GrantedReadAsync();
    }

    [Fact]
    public async Task Should_count_as_a_request_in_flight()
    {
        Given(Free with { Concurrency = 2 });
        var first = await GrantedWriteAsync("first");
        await GrantedWriteAsync("second");
        (await WaitToReadAsync()).Reason.ShouldBe(BudgetReason.Busy);
        (await WaitToWriteAsync("third")).Reason.ShouldBe(BudgetReason.Busy);
        await EndAsync(first);
        await GrantedWriteAsync("third");
    }

    [Theory]
    [InlineData(BudgetEnd.Void)]
    [InlineData(BudgetEnd.Unreached)]
    public async Task Should_return_points_and_request_when_it_was_not_sent(object end)
    {
        Given(Free with { PointsPerMinute = 900 });
        await EndAsync(await GrantedReadAsync(), new BudgetOutcome(BudgetEnd.Answered) { Remaining = 10, ResetsIn = Hour });
        var grant = await GrantedWriteAsync();
        (await LookAsync()).ShouldSatisfyAllConditions(seen => seen.Remaining.ShouldBe(9), seen => seen.Points.ShouldBe(6));
        await EndAsync(grant, (BudgetEnd)end);
        (await LookAsync()).ShouldSatisfyAllConditions(seen => seen.Remaining.ShouldBe(10), seen => seen.Points.ShouldBe(1));
    }

    async Task<BudgetGrant> AfterAsync(TimeSpan time)
    {
        Pass(time);
        return await GrantedWriteAsync("after");
    }
}
