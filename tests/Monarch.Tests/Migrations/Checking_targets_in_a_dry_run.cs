using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.DryRuns;
using Monarch.Contracts.GitHub;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

public sealed class Checking_targets_in_a_dry_run : DryRunTest
{
    [Fact]
    public async Task Should_read_the_source_check_every_target_at_once_and_end()
    {
        await HandleAsync(Request("teams/one", "teams/two", "teams/three"));
        Sent<ReadSourceIssues>().ShouldHaveSingleItem().Source.ShouldBe("school/Template");
        await HandleAsync(Read());
        Sent<PlanTarget>()
            .Select(x => (x.TargetIndex, x.Target, x.SourceFullName, x.SnapshotId))
            .ShouldBe(
                [
                    (0, "teams/one", "school/template", "s1"),
                    (1, "teams/two", "school/template", "s1"),
                    (2, "teams/three", "school/template", "s1"),
                ],
                ignoreOrder: true
            );

        await HandleAsync(Planned(1, 22));
        await HandleAsync(Refused(0));
        Sent<DryRunProgressed>()[^1].Status.ShouldBe(DryRunStatus.Checking);
        await HandleAsync(Refused(2, FailureKind.Bug));

        var targets = Sent<DryRunProgressed>().SelectMany(x => x.Targets).GroupBy(x => x.Index).ToDictionary(x => x.Key, x => x.Last());
        targets[0].Status.ShouldBe(DryRunTargetStatus.Refused);
        (targets[1].Status, targets[1].Plan!.Create).ShouldBe((DryRunTargetStatus.Checked, 3));
        targets[2].Status.ShouldBe(DryRunTargetStatus.NotChecked);
        (Sent<DryRunProgressed>()[^1].Status, Sent<DryRunProgressed>()[^1].EndedAt).ShouldBe((DryRunStatus.Completed, Time.GetUtcNow()));
    }

    [Fact]
    public async Task Should_change_nothing_for_a_duplicate_request()
    {
        var (request, messageId) = (Request("teams/one"), NewId.NextGuid());
        await HandleAsync(request, messageId);
        // Redelivered: the command may not have been sent. It is the same one.
        await HandleAsync(request, messageId);
        Sent<ReadSourceIssues>().Select(x => x.CommandId).Distinct().ShouldHaveSingleItem();
        await HandleAsync(Read());
        await HandleAsync(request, messageId);
        await HandleAsync(Planned(0, 21));
        var events = Sent<DryRunProgressed>().Count;
        await HandleAsync(request, messageId);
        await HandleAsync(request);

        Sent<PlanTarget>().ShouldHaveSingleItem();
        Sent<ReadSourceIssues>().Count.ShouldBe(2);
        Sent<DryRunProgressed>().Count.ShouldBe(events);
    }

    [Fact]
    public async Task Should_send_the_same_commands_for_a_redelivered_answer()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        var (read, messageId) = (Read(), NewId.NextGuid());
        await HandleAsync(read, messageId);
        await HandleAsync(Planned(0, 21));
        await HandleAsync(read, messageId);
        // A stale one is ignored.
        await HandleAsync(read);

        Sent<PlanTarget>().Select(x => x.TargetIndex).Order().ShouldBe([0, 1, 1]);
    }

    [Fact]
    public async Task Should_publish_a_plan_again_when_its_event_is_redelivered()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Read());
        await HandleAsync(Planned(0, 21));
        await HandleAsync(Planned(0, 21));

        Sent<DryRunProgressed>().Count(x => x.Targets is [{ Plan: not null }]).ShouldBe(2);
        Sent<DryRunProgressed>()[^1].Status.ShouldBe(DryRunStatus.Completed);
    }

    [Fact]
    public async Task Should_report_two_names_of_one_repository()
    {
        await HandleAsync(Request("teams/one", "teams/renamed"));
        await HandleAsync(Read());
        await HandleAsync(Planned(0, 21));
        await HandleAsync(Planned(1, 21));

        var end = Sent<DryRunProgressed>()[^1];
        end.Status.ShouldBe(DryRunStatus.Completed);
        (end.Targets[0].Index, end.Targets[0].Status, end.Targets[0].Plan).ShouldBe((1, DryRunTargetStatus.SameAsAnother, null));
    }

    [Fact]
    public async Task Should_let_a_target_that_waits_hold_no_other()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        await HandleAsync(Read());
        await HandleAsync(Deferred(0, TimeSpan.FromMinutes(5)));
        Sent<DryRunProgressed>()[^1].Targets.ShouldHaveSingleItem().WaitingUntil.ShouldNotBeNull();
        await HandleAsync(Planned(1, 22));
        Sent<DryRunProgressed>()[^1].Targets.ShouldHaveSingleItem().Status.ShouldBe(DryRunTargetStatus.Checked);

        await UntilSentAsync(3);
        Sent<PlanTarget>()[^1].TargetIndex.ShouldBe(0);
        await HandleAsync(Planned(0, 21));
        Sent<DryRunProgressed>()[^1].Status.ShouldBe(DryRunStatus.Completed);
    }

    [Fact]
    public async Task Should_send_an_unanswered_command_again_and_end_after_an_hour()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        await HandleAsync(Read());
        await HandleAsync(Planned(1, 22));
        await UntilSentAsync(3);
        Sent<PlanTarget>()[^1].TargetIndex.ShouldBe(0);

        var began = (await SagaAsync()).RequestedAt;
        while ((await SagaAsync()).EndedAt is null)
        {
            await WakeAsync();
        }

        (Time.GetUtcNow() - began).ShouldBeInRange(TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(61));
        var end = Sent<DryRunProgressed>()[^1];
        end.Status.ShouldBe(DryRunStatus.Completed);
        end.Targets[0].Status.ShouldBe(DryRunTargetStatus.NotChecked);
        end.Targets[0].Failure!.Message.ShouldContain("no worker answered");
        end.Targets[1].Status.ShouldBe(DryRunTargetStatus.Checked);
    }

    [Fact]
    public async Task Should_not_wait_longer_than_an_hour_for_a_limit()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Read());
        await HandleAsync(Deferred(0, TimeSpan.FromMinutes(90)));

        var end = Sent<DryRunProgressed>()[^1];
        end.Status.ShouldBe(DryRunStatus.Completed);
        end.Targets[0].Status.ShouldBe(DryRunTargetStatus.NotChecked);
        end.Targets[0].Failure!.Message.ShouldBe("Not checked within an hour: wait");
    }

    [Fact]
    public async Task Should_fail_when_the_source_cannot_be_read()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(
            new SourceRefused
            {
                BatchId = Run,
                CommandId = Sent<ReadSourceIssues>()[0].CommandId,
                Failure = new() { Kind = FailureKind.RefusedTarget, Message = "Not Found" },
            }
        );

        var end = Sent<DryRunProgressed>()[^1];
        (end.Status, end.Failure!.Message).ShouldBe((DryRunStatus.Failed, "Not Found"));
        Sent<PlanTarget>().ShouldBeEmpty();

        // Once more, in case the process died before it published the end.
        await WakeAsync();
        Sent<DryRunProgressed>()[^1].Status.ShouldBe(DryRunStatus.Failed);
        (await SagaAsync()).WakeAt.ShouldBeNull();
    }

    async Task UntilSentAsync(int commands)
    {
        while (Sent<PlanTarget>().Count < commands)
        {
            await WakeAsync();
        }
    }
}
