using System.Globalization;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Contracts.Slack;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Slack.Notifications;

public sealed class Summarizing_a_migration : NotificationTest
{
    static readonly Failure Archived = new()
    {
        Kind = FailureKind.RefusedTarget,
        Message = "teams/n1 is archived.",
        Remedy = "Unarchive it.",
    };

    [Fact]
    public async Task Should_name_every_failure_with_its_remedy()
    {
        await RejectAsync(0, 2, "<!channel> & more");
        await RejectAsync(0, 3, "rejected in an earlier run", Guid.NewGuid());
        var summary = (
            await SummaryAsync(
                BatchStatus.CompletedWithFailures,
                Of(0, RepositoryStatus.CompletedWithFailures, rejected: 1),
                Of(1, RepositoryStatus.Failed, failure: Archived)
            )
        ).ShouldHaveSingleItem();

        summary.ShouldBe(
            """
            :warning: *school/template*: completed with 2 errors; 1 of 2 repositories were filled
            • teams/n0: 2/3, completed with 1 error
                #2 &lt;!channel&gt; &amp; more: Validation Failed. Correct it.
            • teams/n1: failed: teams/n1 is archived. Unarchive it.
            """
        );
    }

    [Fact]
    public async Task Should_use_the_singular_for_one()
    {
        await BeginAsync();
        await HandleAsync(Progress(BatchStatus.Completed, Of(0, RepositoryStatus.Completed)) with { IssueCount = 1, TargetCount = 1 });
        await HandleAsync(Posted());
        Sent<Monarch.Contracts.Slack.PostSlackMessage>()
            .Select(message => message.Text)
            .ShouldAllBe(text => !text.Contains("1 issues") && !text.Contains("1 repositories"));
        Last().Text.ShouldStartWith(":white_check_mark: *school/template*: all 1 issue migrated to");
    }

    [Fact]
    public async Task Should_let_no_title_open_a_code_block_or_move_a_cursor()
    {
        await RejectAsync(0, 2, "```\u001b]0;owned\u0007\u001b[2J\n`forged`");
        var summary = (
            await SummaryAsync(BatchStatus.CompletedWithFailures, Of(0, RepositoryStatus.CompletedWithFailures, rejected: 1))
        ).ShouldHaveSingleItem();

        summary.ShouldNotContain("`");
        summary.Where(sign => sign != '\n' && char.IsControl(sign)).ShouldBeEmpty();
        summary.Split('\n').ShouldAllBe(line => !line.StartsWith("forged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_report_that_no_repository_was_filled() =>
        (
            await SummaryAsync(
                BatchStatus.Failed,
                Of(0, RepositoryStatus.Failed, failure: Archived),
                Of(1, RepositoryStatus.Failed, failure: Archived)
            )
        )
            .ShouldHaveSingleItem()
            .ShouldStartWith(":x: *school/template*: failed in all 2 repositories");

    [Fact]
    public async Task Should_report_that_a_source_without_open_issues_was_skipped() =>
        (await SummaryAsync(BatchStatus.Skipped)).ShouldBe([":information_source: *school/template*: skipped, it has no open issues"]);

    [Fact]
    public async Task Should_report_why_the_source_could_not_be_read()
    {
        await BeginAsync();
        await HandleAsync(
            Progress(BatchStatus.Failed) with
            {
                Failure = new()
                {
                    Kind = FailureKind.RefusedTarget,
                    Message = "Not Found",
                    Remedy = "Check the spelling.",
                },
            }
        );
        await HandleAsync(Posted());
        Last().Text.ShouldBe(":x: *school/template*: failed: Not Found. Check the spelling.");
    }

    [Fact]
    public async Task Should_split_a_long_list_into_several_messages_without_omissions()
    {
        foreach (var number in Enumerable.Range(1, 200))
        {
            await RejectAsync(0, number, string.Create(CultureInfo.InvariantCulture, $"Title {number} {new string('x', 60)}"));
        }

        var parts = await SummaryAsync(
            BatchStatus.CompletedWithFailures,
            Of(0, RepositoryStatus.CompletedWithFailures, rejected: 200),
            Of(1, RepositoryStatus.Completed)
        );
        parts.Count.ShouldBeGreaterThan(3);
        parts.ShouldAllBe(part => part.Length <= 4000);
        parts.Skip(1).ShouldAllBe(part => part.StartsWith("*school/template*, continued:", StringComparison.Ordinal));
        parts.SelectMany(part => part.Split('\n')).Count(line => line.StartsWith("    #", StringComparison.Ordinal)).ShouldBe(200);
    }

    [Fact]
    public async Task Should_truncate_a_line_that_is_too_long()
    {
        await RejectAsync(0, 1, new string('y', 20_000));
        (await SummaryAsync(BatchStatus.CompletedWithFailures, Of(0, RepositoryStatus.CompletedWithFailures, rejected: 1)))
            .ShouldHaveSingleItem()
            .Length.ShouldBeLessThan(1000);
    }

    Task RejectAsync(int target, int number, string title, Guid? pass = null) =>
        Ledger.SetRejectedAsync(
            new(SourceId, 100 + target, pass ?? Pass),
            new()
            {
                Number = number,
                Title = title,
                Failure = new()
                {
                    Kind = FailureKind.RejectedIssue,
                    Message = "Validation Failed",
                    Remedy = "Correct it.",
                },
            },
            TestContext.Current.CancellationToken
        );

    // Ends the migration; Slack accepts every post.
    async Task<IReadOnlyList<string>> SummaryAsync(BatchStatus status, params TargetProgress[] targets)
    {
        await BeginAsync();
        await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Preparing), Of(1, RepositoryStatus.Preparing)));
        await HandleAsync(Copied(0, created: 0));
        await HandleAsync(Progress(status, targets));
        while ((await SagaAsync()).Outstanding is not null)
        {
            await HandleAsync(Posted());
        }

        (await SagaAsync()).CurrentState.ShouldBe("Ended");
        return [.. Sent<PostSlackMessage>().Where(post => post.Timestamp is null).Skip(1).Select(post => post.Text)];
    }
}
