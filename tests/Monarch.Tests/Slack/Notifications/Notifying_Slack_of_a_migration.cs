using Monarch.Contracts.Migrations;
using Monarch.Contracts.Slack;
using Monarch.Workers.Slack.Notifications;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Slack.Notifications;

public sealed class Notifying_Slack_of_a_migration : NotificationTest
{
    [Fact]
    public async Task Should_post_one_message_when_it_begins()
    {
        await HandleAsync(Progress(BatchStatus.ReadingSource, Of(0, RepositoryStatus.Resolving), Of(1, RepositoryStatus.Resolving)));

        var post = Sent<PostSlackMessage>().ShouldHaveSingleItem();
        (post.BatchId, post.Channel, post.Timestamp).ShouldBe((Batch, "C1", null));
        post.Text.ShouldBe("*school/template*: queued for 2 repositories\n• teams/n0: queued\n• teams/n1: queued");
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Should_not_happen_without_a_channel_or_a_token(bool channel, bool token)
    {
        Slack.BotToken = token ? Slack.BotToken : null;
        var progress = Progress(BatchStatus.ReadingSource, Of(0, RepositoryStatus.Resolving));
        await HandleAsync(channel ? progress : progress with { NotificationChannel = null });
        await HandleAsync(Progress(BatchStatus.Completed) with { NotificationChannel = channel ? "C1" : null });

        Sent<PostSlackMessage>().ShouldBeEmpty();
        (await FindAsync<SlackNotificationState>(Batch)).ShouldBeNull();
    }

    [Fact]
    public async Task Should_update_that_message_with_the_progress_of_each_repository()
    {
        await BeginAsync();
        await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Preparing), Of(1, RepositoryStatus.Preparing)));
        await HandleAsync(Copied(0, created: 2));
        Time.Advance(3.1);
        await HandleAsync(await WakeAsync());

        Last().Timestamp.ShouldBe("ts1");
        Last()
            .Text.ShouldBe("*school/template*: 2 of 6 issues are in 2 repositories\n• teams/n0: 2/3\n• teams/n1: reading existing issues");
    }

    [Fact]
    public async Task Should_warn_once_of_what_every_copy_will_lack()
    {
        IssueNote note = new()
        {
            Number = 0,
            Kind = NoteKind.Dropped,
            Field = "labels",
            Message = "The account may not push.",
        };
        await BeginAsync();
        await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Preparing), Of(1, RepositoryStatus.Preparing)));
        await HandleAsync(Copied(0, created: 0) with { Notes = [note] });
        await HandleAsync(Copied(1, created: 0) with { Notes = [note, note with { Number = 1 }] });
        Time.Advance(3.1);
        await HandleAsync(await WakeAsync());

        Last().Text.Split('\n')[1].ShouldBe(":warning: 2 repositories: labels not copied: The account may not push.");
    }

    [Fact]
    public async Task Should_not_update_more_often_than_the_interval()
    {
        await BeginAsync();
        for (var i = 0; i < 30; i++)
        {
            await HandleAsync(Copied(0, created: i % 3));
            await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Copying)));
            Time.Advance(0.5);
            if ((await SagaAsync()).WakeAt <= Time.GetUtcNow())
            {
                await HandleAsync(await WakeAsync());
            }

            if ((await SagaAsync()).Outstanding is not null)
            {
                await HandleAsync(Posted());
            }
        }

        // Fifteen seconds.
        Sent<PostSlackMessage>().Count.ShouldBeInRange(4, 6);
    }

    [Fact]
    public async Task Should_make_one_call_at_a_time()
    {
        await HandleAsync(Progress(BatchStatus.ReadingSource, Of(0, RepositoryStatus.Resolving)));
        Time.Advance(10);
        await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Copying)));
        await HandleAsync(Progress(BatchStatus.Completed, Of(0, RepositoryStatus.Completed), Of(1, RepositoryStatus.Completed)));
        Sent<PostSlackMessage>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_end_immediately_with_a_last_update_and_a_summary()
    {
        await BeginAsync();
        await HandleAsync(Progress(BatchStatus.Completed, Of(0, RepositoryStatus.Completed), Of(1, RepositoryStatus.Completed)));
        (Last().Timestamp, Last().Text.Split('\n')[0]).ShouldBe(("ts1", "*school/template*: ended, 6 of 6 issues are in 2 repositories"));
        await HandleAsync(Posted());
        (Last().Timestamp, Last().Text).ShouldBe((null, ":white_check_mark: *school/template*: all 3 issues migrated to 2 repositories"));
        await HandleAsync(Posted());

        var saga = await SagaAsync();
        (saga.CurrentState, saga.WakeAt, saga.EndedAt, saga.SummaryPartsPosted).ShouldBe(("Ended", null, Time.GetUtcNow(), 1));
        await HandleAsync(Progress(BatchStatus.Completed));
        Sent<PostSlackMessage>().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Should_accept_events_in_any_order_and_any_number_of_times()
    {
        var begun = Progress(BatchStatus.ReadingSource, Of(0, RepositoryStatus.Resolving), Of(1, RepositoryStatus.Resolving));
        var migrating = Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Preparing), Of(1, RepositoryStatus.Preparing));
        var (older, newer) = (Copied(0, created: 1), Copied(0, created: 3));
        await HandleAsync(migrating);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await HandleAsync(newer);
            await HandleAsync(older);
            await HandleAsync(begun);
        }

        var saga = await SagaAsync();
        (saga.Status, saga.Targets.Count, saga.Targets[0].Done).ShouldBe((BatchStatus.Migrating, 2, 3));
    }

    [Fact]
    public async Task Should_send_the_same_call_again_for_the_same_event_and_for_a_stall()
    {
        var messageId = Guid.NewGuid();
        var progress = Progress(BatchStatus.ReadingSource, Of(0, RepositoryStatus.Resolving));
        await HandleAsync(progress, messageId);
        await HandleAsync(progress, messageId);
        await HandleAsync(await WakeAsync());

        Sent<PostSlackMessage>().Count.ShouldBe(3);
        Sent<PostSlackMessage>().Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_ignore_a_stale_answer()
    {
        await BeginAsync();
        var late = Posted() with { Timestamp = "other" };
        await HandleAsync(late);
        (await SagaAsync()).PostedTimestamp.ShouldBe("ts1");
    }
}
