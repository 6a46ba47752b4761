using MassTransit;
using Monarch.Contracts.Migrations;
using Monarch.Sandbox.Model;
using Monarch.Testing;
using Monarch.Workers.Slack.Notifications;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

public sealed class Notifying_Slack : JourneyTest
{
    protected override SandboxOptions Options =>
        new() { SlackChannels = [new() { Id = "C1", Name = "general" }, new() { Id = "C2", Joined = false }] };

    [Fact]
    public async Task Should_keep_one_message_up_to_date_and_post_one_summary()
    {
        Seed(60, Teams(4));
        Sandbox.Faults = new() { LatencyMilliseconds = 5 };
        await StartAsync(("RUN_SECONDS", "0.02"));
        var id = await RequestAsync(Teams(4), channel: "general");
        await UntilAsync(id, _ => Sandbox.Requests().Creations > 20, "some issues are created");
        Sandbox.Faults = new() { Outage = true };
        await Until.TrueAsync(() => Sandbox.SlackMessages() is [{ Edits.Count: > 0 }], "the message is changed before the end");
        Sandbox.Faults = new();
        var view = await EndAsync(id);

        var messages = await UntilToldAsync(id);
        messages.Count.ShouldBe(2);
        messages.ShouldAllBe(message => message.Channel == "C1");
        messages[0]
            .Text.ShouldBe(
                $"*{Source}*: ended, 240 of 240 issues are in 4 repositories\n"
                    + string.Join('\n', Teams(4).Select(team => $"• {team}: all 60 migrated"))
            );
        view.TraceId.ShouldNotBeNull().Length.ShouldBe(32);
        messages[1].Text.ShouldBe($":white_check_mark: *{Source}*: all 60 issues migrated to 4 repositories\nTrace {view.TraceId}");
        messages[1].Edits.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_change_the_message_only_at_the_end_before_the_interval_is_over()
    {
        Seed(20, Teams(4));
        Sandbox.Faults = new() { Outage = true };
        await StartAsync(("SLACK_UPDATE_INTERVAL", "3600"), ("RUN_SECONDS", "0.02"));
        var id = await RequestAsync(Teams(4));
        await SlackAsync(messages: 1);
        Sandbox.Faults = new();
        await EndAsync(id);

        var messages = await UntilToldAsync(id);
        messages.Count.ShouldBe(2);
        messages[0].Edits.ShouldHaveSingleItem();
        messages[0].Text.ShouldContain("ended, 80 of 80 issues are in 4 repositories");
    }

    [Fact]
    public async Task Should_catch_up_after_a_Slack_outage_without_delaying_the_migration()
    {
        Seed(5, Teams(2));
        Sandbox.Faults = new() { SlackOutage = true };
        await StartAsync();
        var view = await MigrateAsync(Teams(2));
        view.Status.ShouldBe(BatchStatus.Completed);
        ShouldBeFilled(Teams(2));
        Sandbox.SlackMessages().ShouldBeEmpty();

        Sandbox.Faults = new();
        var messages = await UntilToldAsync(view.Id);
        (messages.Count, messages[1].Text[..4]).ShouldBe((2, ":whi"));
    }

    [Fact]
    public async Task Should_wait_when_Slack_throttles()
    {
        Seed(5, Teams(2));
        Sandbox.Limits = new() { SlackMessagesPerSecond = 1, SlackBurst = 1 };
        await StartAsync();
        var view = await MigrateAsync(Teams(2));
        view.Status.ShouldBe(BatchStatus.Completed);
        (await UntilToldAsync(view.Id)).Count.ShouldBe(2);
        Sandbox.Requests().Of("slack chat.postMessage", 429).ShouldBeLessThan(5);
    }

    [Fact]
    public async Task Should_keep_to_the_pace_of_a_channel_and_of_the_workspace_with_many_migrations()
    {
        const int Migrations = 15;
        Seed(8, Teams(Migrations));
        // A minute of 3 seconds.
        Sandbox.Limits = new()
        {
            SlackMessagesPerSecond = 20,
            SlackBurst = 1,
            MinuteSeconds = 3,
            SlackUpdatesPerMinute = 50,
        };
        await StartAsync(("SLACK_MESSAGE_INTERVAL", "0.075"), ("SLACK_UPDATES_PER_MINUTE", "800"), ("RUN_SECONDS", "0.02"));

        var ids = new List<Guid>();
        foreach (var team in Teams(Migrations))
        {
            ids.Add(await RequestAsync([team]));
        }

        foreach (var id in ids)
        {
            (await EndAsync(id)).Status.ShouldBe(BatchStatus.Completed);
            await UntilToldAsync(id);
        }

        var messages = Sandbox.SlackMessages();
        messages.Count.ShouldBe(2 * Migrations);
        messages.Count(message => message.Text.StartsWith(":white_check_mark:", StringComparison.Ordinal)).ShouldBe(Migrations);
        messages.Count(message => message.Text.Contains("ended, 8 of 8 issues", StringComparison.Ordinal)).ShouldBe(Migrations);
        var requests = Sandbox.Requests();
        // A busy machine may delay one call and not the next.
        (requests.Of("slack chat.postMessage", 429) + requests.Of("slack chat.update", 429)).ShouldBeLessThan(10);
    }

    [Fact]
    public async Task Should_post_the_summary_although_the_message_was_deleted()
    {
        Seed(5, Teams(2));
        Sandbox.Script(
            new()
            {
                Path = "chat.update",
                Status = 200,
                Body = """{"ok":false,"error":"message_not_found"}""",
                Count = 1000,
            }
        );
        await StartAsync();
        var view = await MigrateAsync(Teams(2));
        view.Status.ShouldBe(BatchStatus.Completed);

        var messages = await UntilToldAsync(view.Id);
        (messages.Count, messages[0].Edits.Count).ShouldBe((2, 0));
        Sandbox.Requests().Of("slack chat.update").ShouldBe(1);
    }

    [Theory]
    [InlineData("C2")]
    [InlineData("nowhere")]
    public async Task Should_not_affect_the_migration_when_Slack_refuses(string channel)
    {
        Seed(5, Teams(2));
        await StartAsync();
        var view = await MigrateAsync(Teams(2), channel);
        view.Status.ShouldBe(BatchStatus.Completed);
        ShouldBeFilled(Teams(2));
        await Until.TrueAsync(() => Sandbox.Requests().Of("slack chat.postMessage") == 2, "the message and the summary were tried");
        Sandbox.SlackMessages().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, "xoxb-secret")]
    [InlineData("C1", "")]
    public async Task Should_post_nothing_without_a_channel_or_a_token(string? channel, string token)
    {
        Seed(2, Teams(1));
        await StartAsync(("SLACK_BOT_TOKEN", token));
        (await MigrateAsync(Teams(1), channel)).Status.ShouldBe(BatchStatus.Completed);
        Sandbox.Requests().ByKind.Keys.ShouldNotContain(kind => kind.StartsWith("slack", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_split_a_long_list_of_failures()
    {
        var missing = Enumerable.Range(1, 60).Select(number => $"teams/missing-{number}").ToArray();
        Seed(2, Teams(1));
        await StartAsync();
        var view = await MigrateAsync([.. Teams(1), .. missing]);
        view.Status.ShouldBe(BatchStatus.CompletedWithFailures);

        var messages = await UntilToldAsync(view.Id);
        messages.Count.ShouldBeGreaterThan(3);
        var summary = string.Join('\n', messages.Skip(1).Select(message => message.Text));
        missing.ShouldAllBe(name => summary.Contains($"• {name}: ", StringComparison.Ordinal));
        messages.ShouldAllBe(message => message.Text.Length < 4000);
    }

    // The saga has ended: nothing more will be posted.
    async Task<IReadOnlyList<SlackMessageView>> UntilToldAsync(Guid batch)
    {
        var notifications = Service<ILoadSagaRepository<SlackNotificationState>>();
        await Until.TrueAsync(async () => (await notifications.Load(batch))?.EndedAt is not null, "Slack shows the end");
        return Sandbox.SlackMessages();
    }
}
