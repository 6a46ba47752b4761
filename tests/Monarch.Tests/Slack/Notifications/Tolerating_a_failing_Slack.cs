using Monarch.Contracts.Migrations;
using Monarch.Contracts.Slack;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Slack.Notifications;

public sealed class Tolerating_a_failing_Slack : NotificationTest
{
    [Fact]
    public async Task Should_retry_later_with_the_current_state()
    {
        await HandleAsync(Progress(BatchStatus.ReadingSource, Of(0, RepositoryStatus.Resolving)));
        await HandleAsync(Deferred());
        await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Preparing)));
        Sent<PostSlackMessage>().Count.ShouldBe(1, "it waits");

        Time.Advance(5);
        await HandleAsync(await WakeAsync());
        (Sent<PostSlackMessage>().Count, Last().Timestamp).ShouldBe((2, null));
        Last().Text.ShouldContain("reading existing issues");
    }

    [Fact]
    public async Task Should_not_retry_before_the_time_that_Slack_named()
    {
        await BeginAsync();
        Time.Advance(4);
        await HandleAsync(Copied(0, created: 0));
        await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Copying)));
        var until = Time.GetUtcNow().AddSeconds(30);
        await HandleAsync(Deferred(until));
        (await SagaAsync()).WakeAt!.Value.ShouldBeGreaterThanOrEqualTo(until);

        // Not even the end is sent before that.
        await HandleAsync(Progress(BatchStatus.Completed, Of(0, RepositoryStatus.Completed)));
        Sent<PostSlackMessage>().Count.ShouldBe(2);
        Time.Advance(40);
        await HandleAsync(await WakeAsync());
        Sent<PostSlackMessage>().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Should_report_the_end_after_an_outage_of_Slack()
    {
        await HandleAsync(Progress(BatchStatus.ReadingSource, Of(0, RepositoryStatus.Resolving)));
        for (var i = 0; i < 20; i++)
        {
            await HandleAsync(Deferred());
            Time.Advance(400);
            await HandleAsync(await WakeAsync());
        }

        await HandleAsync(Progress(BatchStatus.Completed, Of(0, RepositoryStatus.Completed)));
        await HandleAsync(Posted());
        await HandleAsync(Posted());
        await HandleAsync(Posted());
        Last().Text.ShouldStartWith(":white_check_mark:");
        (await SagaAsync()).CurrentState.ShouldBe("Ended");
    }

    [Fact]
    public async Task Should_give_up_after_a_day()
    {
        await HandleAsync(Progress(BatchStatus.ReadingSource, Of(0, RepositoryStatus.Resolving)));
        await HandleAsync(Deferred());
        Time.Advance(TimeSpan.FromHours(24.1));
        await HandleAsync(await WakeAsync());
        await HandleAsync(Deferred());

        var saga = await SagaAsync();
        (saga.CurrentState, saga.WakeAt).ShouldBe(("Ended", null));
    }

    [Fact]
    public async Task Should_give_up_an_unanswered_post()
    {
        await HandleAsync(Progress(BatchStatus.ReadingSource, Of(0, RepositoryStatus.Resolving)));
        for (var checks = 0; checks < 100 && (await SagaAsync()).EndedAt is null; checks++)
        {
            var wake = await WakeAsync();
            Time.Advance(wake.DueAt - Time.GetUtcNow());
            await HandleAsync(wake);
        }

        (await SagaAsync()).CurrentState.ShouldBe("Ended");
        Sent<PostSlackMessage>().Count.ShouldBeLessThan(60);
    }

    [Fact]
    public async Task Should_send_an_update_though_its_time_was_saved_by_a_clock_a_year_ahead()
    {
        await HandleAsync(Progress(BatchStatus.ReadingSource, Of(0, RepositoryStatus.Resolving)));
        Time.Shift(TimeSpan.FromDays(365).TotalSeconds);
        await HandleAsync(Deferred());
        Time.Shift(-TimeSpan.FromDays(365).TotalSeconds);
        await HandleAsync(await WakeAsync());
        Sent<PostSlackMessage>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_abandon_a_deleted_message_and_still_post_the_summary()
    {
        await BeginAsync();
        Time.Advance(4);
        await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Copying)));
        await HandleAsync(Refused());
        Time.Advance(60);
        await HandleAsync(Copied(0, created: 1));
        Sent<PostSlackMessage>().Count.ShouldBe(2);
        (await SagaAsync()).WakeAt.ShouldBeNull("there is nothing to do until the end");

        await HandleAsync(Progress(BatchStatus.Completed, Of(0, RepositoryStatus.Completed)));
        (Last().Timestamp, Last().Text.Split(' ')[0]).ShouldBe((null, ":white_check_mark:"));
        await HandleAsync(Posted());
        (await SagaAsync()).CurrentState.ShouldBe("Ended");
    }

    [Fact]
    public async Task Should_attempt_the_summary_although_the_first_message_was_refused()
    {
        await HandleAsync(Progress(BatchStatus.ReadingSource, Of(0, RepositoryStatus.Resolving)));
        await HandleAsync(Refused("not_in_channel"));
        await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Copying)));
        Sent<PostSlackMessage>().Count.ShouldBe(1);

        await HandleAsync(Progress(BatchStatus.Completed, Of(0, RepositoryStatus.Completed)));
        Last().Text.ShouldStartWith(":white_check_mark:");
        await HandleAsync(Posted());
        (Sent<PostSlackMessage>().Count, (await SagaAsync()).CurrentState).ShouldBe((2, "Ended"));
    }

    [Fact]
    public async Task Should_end_when_the_summary_is_refused()
    {
        await BeginAsync();
        await HandleAsync(Progress(BatchStatus.Completed, Of(0, RepositoryStatus.Completed)));
        await HandleAsync(Posted());
        await HandleAsync(Refused("is_archived"));
        (await SagaAsync()).CurrentState.ShouldBe("Ended");
    }
}
