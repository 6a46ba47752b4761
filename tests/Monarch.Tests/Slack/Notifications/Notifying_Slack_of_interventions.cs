using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Contracts.Slack;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Slack.Notifications;

public sealed class Notifying_Slack_of_interventions : NotificationTest
{
    [Fact]
    public async Task Should_report_a_pause_with_its_reason_and_the_resume()
    {
        await BeginAsync();
        await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Preparing), Of(1, RepositoryStatus.Preparing)));
        await HandleAsync(Copied(0, created: 2) with { IsPaused = true });
        await PublishAsync(
            Progress(BatchStatus.Migrating) with
            {
                IsPaused = true,
                Interventions = [Intervened(InterventionKind.Pause, "the <template> is wrong")],
            }
        );

        Last()
            .Text.ShouldBe(
                "*school/template*: paused: the &lt;template&gt; is wrong; 2 of 6 issues are in 2 repositories\n• teams/n0: 2/3, paused\n• teams/n1: reading existing issues"
            );

        await HandleAsync(Posted());
        await HandleAsync(Copied(0, created: 2));
        await PublishAsync(
            Progress(BatchStatus.Migrating) with
            {
                Interventions = [Intervened(InterventionKind.Pause, "wait"), Intervened(InterventionKind.Resume)],
            }
        );
        Last().Text.ShouldStartWith("*school/template*: 2 of 6 issues are in 2 repositories\n• teams/n0: 2/3\n");
    }

    [Fact]
    public async Task Should_count_nothing_before_the_source_is_read()
    {
        await BeginAsync();
        await PublishAsync(
            Progress(BatchStatus.ReadingSource) with
            {
                IsPaused = true,
                Interventions = [Intervened(InterventionKind.Pause)],
            }
        );
        Last().Text.ShouldStartWith("*school/template*: paused\n");
    }

    [Fact]
    public async Task Should_report_a_cancellation_with_its_reason_and_the_counts()
    {
        await BeginAsync();
        await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Preparing), Of(1, RepositoryStatus.Preparing)));
        var partly = Of(0, RepositoryStatus.Cancelled) with { Total = 3, Created = 1 };
        var untouched = Of(1, RepositoryStatus.Cancelled) with { Total = null, Created = null };
        await HandleAsync(
            Progress(BatchStatus.Cancelled, partly, untouched) with
            {
                Interventions = [Intervened(InterventionKind.Cancel, "wrong teams")],
            }
        );
        Last().Text.ShouldStartWith("*school/template*: cancelled: wrong teams; 1 of");
        await HandleAsync(Posted());

        Last()
            .Text.ShouldBe(
                """
                :no_entry_sign: *school/template*: cancelled: wrong teams; 1 issue is in 2 repositories and stays there
                • teams/n0: cancelled, 1 of 3 migrated
                • teams/n1: cancelled
                """
            );
        await HandleAsync(Posted());
        (await SagaAsync()).CurrentState.ShouldBe("Ended");
    }

    [Fact]
    public async Task Should_follow_a_retry_and_post_a_new_summary()
    {
        await EndWithFailuresAsync();
        var retried = Intervened(InterventionKind.Retry, "the title is fixed");

        await PublishAsync(
            Progress(BatchStatus.ReadingSource, Of(0, RepositoryStatus.Preparing), Of(1, RepositoryStatus.Completed)) with
            {
                IssueCount = 3,
                Interventions = [retried],
            }
        );
        (Last().Timestamp, Last().Text).ShouldBe(
            (
                "ts1",
                "*school/template*: retried: the title is fixed; 5 of 6 issues are in 2 repositories\n• teams/n0: reading existing issues\n• teams/n1: all 3 migrated"
            )
        );
        await HandleAsync(Posted());
        await HandleAsync(Progress(BatchStatus.Migrating) with { Interventions = [retried] });
        await HandleAsync(
            Progress(BatchStatus.Completed, Of(0, RepositoryStatus.Completed), Of(1, RepositoryStatus.Completed)) with
            {
                Interventions = [retried],
                EndedAt = Time.GetUtcNow(),
            }
        );
        await HandleAsync(Posted());

        (Last().Timestamp, Last().Text).ShouldBe(
            (null, ":white_check_mark: *school/template*: all 3 issues migrated to 2 repositories, after a retry")
        );
        await HandleAsync(Posted());
        (await SagaAsync()).CurrentState.ShouldBe("Ended");
    }

    [Fact]
    public async Task Should_post_a_new_summary_when_only_the_end_of_the_retry_is_received()
    {
        await EndWithFailuresAsync();
        Time.Advance(60);
        await HandleAsync(
            Progress(BatchStatus.Completed, Of(0, RepositoryStatus.Completed), Of(1, RepositoryStatus.Completed)) with
            {
                EndedAt = Time.GetUtcNow(),
            }
        );
        await HandleAsync(Posted());
        Last().Text.ShouldStartWith(":white_check_mark:");
    }

    [Fact]
    public async Task Should_not_restart_when_the_completion_is_republished_or_late()
    {
        var end = await EndWithFailuresAsync();
        var sent = Sent<PostSlackMessage>().Count;
        await HandleAsync(end with { Version = end.Version + 1 });
        await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Copying)) with { Version = end.Version - 1 });

        (Sent<PostSlackMessage>().Count, (await SagaAsync()).CurrentState).ShouldBe((sent, "Ended"));
    }

    [Fact]
    public async Task Should_restart_while_the_first_summary_is_in_flight()
    {
        await BeginAsync();
        await HandleAsync(End());
        await HandleAsync(Posted());
        Last().Timestamp.ShouldBeNull("it is the summary");
        var summary = Posted();

        await PublishAsync(
            Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Preparing)) with
            {
                Interventions = [Intervened(InterventionKind.Retry)],
            }
        );
        await HandleAsync(summary);
        Last().Timestamp.ShouldBe("ts1");
        await HandleAsync(Posted());
        await HandleAsync(Progress(BatchStatus.Completed, Of(0, RepositoryStatus.Completed), Of(1, RepositoryStatus.Completed)));
        await HandleAsync(Posted());
        Last().Text.ShouldStartWith(":white_check_mark:");
    }

    [Fact]
    public async Task Should_report_a_refused_token_with_the_remedy()
    {
        var refused = new Failure
        {
            Kind = FailureKind.Unauthorised,
            Message = "GitHub refuses Monarch's token.",
            Remedy = "Set GH_PAT.",
        };
        await BeginAsync();
        await PublishAsync(Progress(BatchStatus.ReadingSource) with { Failure = refused, WaitingUntil = Time.GetUtcNow().AddSeconds(20) });
        Last().Text.ShouldStartWith("*school/template*: waiting for a valid token\n:key: GitHub refuses Monarch's token. Set GH_PAT.\n");

        await HandleAsync(Posted());
        await HandleAsync(Progress(BatchStatus.Migrating, Of(0, RepositoryStatus.Preparing), Of(1, RepositoryStatus.Preparing)));
        Time.Advance(4);
        await HandleAsync(Copied(0, created: 1, failure: refused, waitingUntil: Time.GetUtcNow().AddSeconds(20)));
        Last()
            .Text.ShouldBe(
                "*school/template*: 1 of 6 issues are in 2 repositories\n:key: GitHub refuses Monarch's token. Set GH_PAT.\n• teams/n0: 1/3, waiting for a valid token\n• teams/n1: reading existing issues"
            );
    }

    async Task<BatchProgressed> EndWithFailuresAsync()
    {
        await BeginAsync();
        var end = End();
        await HandleAsync(end);
        while ((await SagaAsync()).Outstanding is not null)
        {
            await HandleAsync(Posted());
        }

        (await SagaAsync()).CurrentState.ShouldBe("Ended");
        return end;
    }

    BatchProgressed End()
    {
        var rejected = Of(0, RepositoryStatus.CompletedWithFailures, rejected: 1);
        return Progress(BatchStatus.CompletedWithFailures, rejected, Of(1, RepositoryStatus.Completed)) with { EndedAt = Time.GetUtcNow() };
    }

    // After the interval between two updates.
    async Task PublishAsync(BatchProgressed progress)
    {
        Time.Advance(4);
        await HandleAsync(progress);
    }

    Intervention Intervened(InterventionKind kind, string? reason = null) =>
        new()
        {
            Kind = kind,
            Reason = reason,
            At = Time.GetUtcNow(),
        };
}
