using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Contracts.Slack;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Slack.Notifications;

/// <summary><c>chat.update</c> refuses a text of more than 4,000 characters.</summary>
public sealed class Keeping_a_message_short : NotificationTest
{
    const int Longest = 4000;
    const string Limit = "GitHub's limit for creating issues is used up: 500 an hour, of which the account monarch-bot has 0 left. ";

    static readonly Failure Throttled = new() { Kind = FailureKind.Throttled, Message = string.Concat(Enumerable.Repeat(Limit, 2)) };

    [Theory]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(60)]
    public async Task Should_give_a_reason_that_many_targets_share_once(int targets)
    {
        var text = await WaitingAsync(targets, _ => Throttled);

        text.Length.ShouldBeLessThanOrEqualTo(Longest);
        text.Split("monarch-bot").Length.ShouldBe(1 + 2, text);
        foreach (var index in Enumerable.Range(0, Math.Min(targets, 20)))
        {
            text.ShouldContain($"teams/n{index} 1/3");
        }
    }

    [Theory]
    [InlineData(20, 900)]
    [InlineData(30, 150)]
    public async Task Should_stay_within_the_limit_when_each_target_has_a_long_reason_of_its_own(int targets, int length)
    {
        var text = await WaitingAsync(
            targets,
            index => new() { Kind = FailureKind.Transient, Message = $"{index} {new string('&', length)}" }
        );

        text.Length.ShouldBeLessThanOrEqualTo(Longest);
        text.ShouldContain("teams/n0: 1/3, waiting until ");
        text.ShouldMatch(@"\n… and \d+ more$");
    }

    [Fact]
    public async Task Should_stay_within_the_limit_when_the_source_cannot_be_read_for_a_long_reason()
    {
        await BeginAsync();
        await HandleAsync(
            Progress(BatchStatus.Failed, Of(0, RepositoryStatus.Resolving)) with
            {
                Failure = new()
                {
                    Kind = FailureKind.RefusedTarget,
                    Message = new string('<', 20_000),
                    Remedy = new string('>', 20_000),
                },
            }
        );

        Last().Text.Length.ShouldBeLessThanOrEqualTo(Longest);
        await HandleAsync(Posted());
        Last().Timestamp.ShouldBeNull("it is the summary");
        Last().Text.Length.ShouldBeLessThanOrEqualTo(Longest);
    }

    [Fact]
    public async Task Should_shorten_an_update_that_Slack_refuses_as_too_long()
    {
        var text = await WaitingAsync(20, index => Throttled with { Message = $"{index} {Limit}" });
        var refused = Last();
        await HandleAsync(TooLong());

        var shorter = Last();
        (shorter.Timestamp, shorter.CommandId == refused.CommandId).ShouldBe((refused.Timestamp, false));
        shorter.Text.Length.ShouldBeLessThanOrEqualTo(text.Length / 2);
        await HandleAsync(Posted());

        Time.Advance(60);
        await HandleAsync(Copied(0, created: 2));
        Last().CommandId.ShouldNotBe(shorter.CommandId);
        Last().Text.Length.ShouldBeLessThanOrEqualTo(text.Length / 2, "it is remembered");
        Last().Text.ShouldContain("teams/n0: 2/3");
    }

    [Fact]
    public async Task Should_skip_an_update_that_Slack_refuses_at_any_length()
    {
        await BeginAsync();
        Time.Advance(4);
        await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Copying)));
        for (var refusals = 0; refusals < 20 && (await SagaAsync()).Outstanding is not null; refusals++)
        {
            await HandleAsync(TooLong());
        }

        (await SagaAsync()).Outstanding.ShouldBeNull();
        var sent = Sent<PostSlackMessage>().Count;
        Time.Advance(60);
        await HandleAsync(Copied(0, created: 1));
        Sent<PostSlackMessage>().Count.ShouldBe(sent + 1);
    }

    [Fact]
    public async Task Should_shorten_a_part_of_the_summary_and_post_the_others()
    {
        var missing = Enumerable
            .Range(0, 30)
            .Select(index =>
                Of(index, RepositoryStatus.Failed, failure: new() { Kind = FailureKind.RefusedTarget, Message = $"{index} {Limit}" })
            )
            .ToArray();
        await BeginAsync();
        await HandleAsync(Progress(BatchStatus.Failed, missing));
        await HandleAsync(Posted());
        var first = Last();
        await HandleAsync(TooLong());
        Last().Text.ShouldStartWith(":x:");
        Last().Text.Length.ShouldBeLessThanOrEqualTo(first.Text.Length / 2);
        await HandleAsync(Posted());

        Last().Text.ShouldStartWith("*school/template*, continued:");
    }

    async Task<string> WaitingAsync(int targets, Func<int, Failure> failure)
    {
        await BeginAsync();
        Time.Advance(4);
        await HandleAsync(
            Progress(BatchStatus.Migrating, [.. Enumerable.Range(0, targets).Select(index => Of(index, RepositoryStatus.Copying))]) with
            {
                TargetCount = targets,
            }
        );
        await HandleAsync(Posted());
        foreach (var index in Enumerable.Range(0, targets))
        {
            await HandleAsync(Copied(index, created: 1, failure: failure(index), waitingUntil: Time.GetUtcNow().AddMinutes(30)));
        }

        Time.Advance(60);
        await HandleAsync(await WakeAsync());
        return Last().Text;
    }

    SlackMessageRefused TooLong() =>
        new()
        {
            BatchId = Batch,
            CommandId = Last().CommandId,
            Failure = new() { Kind = FailureKind.RejectedIssue, Message = "Slack refused: msg_too_long." },
        };
}
