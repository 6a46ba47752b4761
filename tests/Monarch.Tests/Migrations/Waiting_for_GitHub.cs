using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

public sealed class Waiting_for_GitHub : RepositoryMigrationTest
{
    [Fact]
    public async Task Should_wait_until_the_named_time_and_report_it()
    {
        await PrepareAsync();
        var named = Time.GetUtcNow().AddMinutes(32);
        await HandleAsync(
            Deferred(
                new()
                {
                    Kind = FailureKind.Throttled,
                    Message = "secondary rate limit",
                    Status = 403,
                    RetryAt = named,
                }
            )
        );

        var saga = await SagaAsync();
        saga.WakeAt!.Value.ShouldBeGreaterThanOrEqualTo(named);
        saga.WakeAt.Value.ShouldBeLessThan(named.AddSeconds(5));
        var shown = Sent<RepositoryProgressed>()[^1];
        (shown.WaitingUntil, shown.Failure!.Message).ShouldBe((saga.WakeAt, "secondary rate limit"));
        Sent<CreateIssues>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_wait_exactly_until_its_turn_that_the_budget_has_named()
    {
        await PrepareAsync();
        for (var i = 1; i < 6; i++)
        {
            var turn = Time.GetUtcNow().AddSeconds(50);
            await HandleAsync(Deferred(Turn(turn)));
            ((await SagaAsync()).WakeAt!.Value - turn).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
            await HandleAsync(await WakeAsync());
        }

        // Nothing has failed, so that the first failure waits for a short time.
        await HandleAsync(Deferred());
        ((await SagaAsync()).WakeAt!.Value - Time.GetUtcNow()).ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Should_never_give_up_for_waiting_for_its_turn()
    {
        await PrepareAsync();
        for (var hour = 0; hour < 30; hour++)
        {
            await HandleAsync(Deferred(Turn(Time.GetUtcNow().AddHours(1))));
            Time.Advance(TimeSpan.FromHours(1));
            await HandleAsync(await WakeAsync());
        }

        Sent<RepositoryMigrationCompleted>().ShouldBeEmpty();
        await HandleAsync(Deferred());
        Sent<RepositoryMigrationCompleted>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_give_up_though_the_failures_began_by_a_clock_that_was_a_year_ahead()
    {
        await PrepareAsync();
        Time.Shift(TimeSpan.FromDays(365).TotalSeconds);
        await HandleAsync(Deferred());
        Time.Shift(-TimeSpan.FromDays(365).TotalSeconds);
        for (var hour = 0; hour < 26 && Sent<RepositoryMigrationCompleted>().Count == 0; hour++)
        {
            await HandleAsync(await WakeAsync());
            await HandleAsync(Deferred());
            Time.Advance(TimeSpan.FromHours(1));
        }

        Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem().Status.ShouldBe(RepositoryStatus.Failed);
    }

    [Fact]
    public async Task Should_give_up_in_time_though_GitHub_names_a_wait_of_days()
    {
        Options.GiveUpAfterHours = 6;
        await PrepareAsync();
        var failure = new Failure
        {
            Kind = FailureKind.Throttled,
            Message = "Wait for days.",
            Status = 403,
            RetryAt = Time.GetUtcNow().AddDays(5),
        };
        await HandleAsync(Deferred(failure));
        var wake = await WakeAsync();
        wake.DueAt.ShouldBeLessThan(Time.GetUtcNow().AddHours(6.1));

        Time.Advance(wake.DueAt - Time.GetUtcNow());
        await HandleAsync(wake);
        await HandleAsync(Deferred(failure));
        Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem().Failure!.Message.ShouldContain("Wait for days.");
    }

    [Fact]
    public async Task Should_continue_when_it_is_woken()
    {
        await PrepareAsync();
        await HandleAsync(Deferred());
        await HandleAsync(await WakeAsync());

        Sent<CreateIssues>().Count.ShouldBe(2);
        (await SagaAsync()).WaitingUntil.ShouldBeNull();
    }

    [Fact]
    public async Task Should_ignore_a_wake_up_that_is_not_due()
    {
        await PrepareAsync();
        await HandleAsync(Deferred());
        var wake = await WakeAsync();
        await HandleAsync(wake with { DueAt = wake.DueAt.AddMilliseconds(-1) });

        Sent<CreateIssues>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_send_one_command_for_a_duplicate_wake_up()
    {
        await PrepareAsync();
        await HandleAsync(Deferred());
        var (wake, messageId) = (await WakeAsync(), NewId.NextGuid());
        await HandleAsync(wake, messageId);
        await HandleAsync(wake, messageId);
        await HandleAsync(wake);

        // A redelivery sends the same command again; a copy with another id is ignored.
        Sent<CreateIssues>().Skip(1).Select(x => x.CommandId).Distinct().ShouldHaveSingleItem();
        Sent<CreateIssues>().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Should_wait_longer_after_each_failure_in_a_row()
    {
        await PrepareAsync();
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 6; i++)
        {
            await HandleAsync(Deferred());
            waits.Add((await SagaAsync()).WakeAt!.Value - Time.GetUtcNow());
            await HandleAsync(await WakeAsync());
        }

        waits[5].ShouldBeGreaterThan(waits[0] * 16);
        waits[5].ShouldBeLessThan(TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task Should_start_with_short_waits_again_after_progress()
    {
        await PrepareAsync();
        for (var i = 0; i < 4; i++)
        {
            await HandleAsync(Deferred());
            await HandleAsync(await WakeAsync());
        }

        await HandleAsync(Created(next: 1, created: 1));
        await HandleAsync(Deferred());
        ((await SagaAsync()).WakeAt!.Value - Time.GetUtcNow()).ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Should_keep_the_progress_of_a_deferred_slice()
    {
        await PrepareAsync();
        await HandleAsync(Created(next: 2, created: 2, endedBy: Transient()));
        (await SagaAsync()).WaitingUntil.ShouldNotBeNull();

        await HandleAsync(await WakeAsync());
        Sent<CreateIssues>()[^1].From.ShouldBe(2);
    }

    [Fact]
    public async Task Should_end_when_a_slice_was_refused()
    {
        await PrepareAsync();
        await HandleAsync(Created(next: 1, created: 1, endedBy: new() { Kind = FailureKind.RefusedTarget, Message = "Issues are off" }));

        var end = Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem();
        (end.Status, end.Created).ShouldBe((RepositoryStatus.Failed, 1));
    }

    [Fact]
    public async Task Should_send_an_unanswered_command_again()
    {
        await PrepareAsync();
        await HandleAsync(await WakeAsync());
        await HandleAsync(await WakeAsync());

        Sent<CreateIssues>().Count.ShouldBe(3);
        Sent<CreateIssues>().Select(x => x.CommandId).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_give_up_after_a_day_of_failures_and_report_it()
    {
        await PrepareAsync();
        await HandleAsync(Deferred());
        Time.Advance(TimeSpan.FromHours(24));
        await HandleAsync(await WakeAsync());
        await HandleAsync(Deferred());

        var end = Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem();
        end.Status.ShouldBe(RepositoryStatus.Failed);
        end.Failure!.Message.ShouldContain("24 hours");
        end.Failure.Message.ShouldContain("502");
    }

    [Fact]
    public async Task Should_give_up_when_no_worker_has_answered_for_a_day()
    {
        await PrepareAsync();
        await HandleAsync(await WakeAsync());
        Time.Advance(TimeSpan.FromHours(24));
        await HandleAsync(await WakeAsync());

        Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem().Status.ShouldBe(RepositoryStatus.Failed);
    }

    static Failure Turn(DateTimeOffset at) =>
        new()
        {
            Kind = FailureKind.Throttled,
            Message = "GitHub's hourly limit",
            RetryAt = at,
        };
}
