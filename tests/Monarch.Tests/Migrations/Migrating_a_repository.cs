using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

public sealed class Migrating_a_repository : RepositoryMigrationTest
{
    [Fact]
    public async Task Should_prepare_the_target_then_copy_slice_by_slice()
    {
        await HandleAsync(Request(issues: 3));
        Sent<PrepareTarget>().ShouldHaveSingleItem().TargetFullName.ShouldBe("teams/one");

        await HandleAsync(Prepared());
        Sent<CreateIssues>().ShouldHaveSingleItem().From.ShouldBe(0);

        await HandleAsync(Created(next: 2, created: 2));
        Sent<CreateIssues>()[^1].From.ShouldBe(2);

        await HandleAsync(Created(next: 3, alreadyThere: 1));
        var end = Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem();
        end.BatchId.ShouldBe(Batch);
        (end.Status, end.Total, end.Created, end.AlreadyThere, end.Rejected).ShouldBe((RepositoryStatus.Completed, 3, 2, 1, 0));
        (await SagaAsync()).EndedAt.ShouldNotBeNull();
        (await SagaAsync()).WakeAt.ShouldBeNull();
    }

    [Fact]
    public async Task Should_continue_reading_the_target_and_restart_in_another_pass()
    {
        var place = new TargetPlace
        {
            EpochId = "e1",
            Page = "http://github/repositories/22/issues?page=3",
            Through = 240,
            Copies = 7,
        };
        await HandleAsync(Request());
        Sent<PrepareTarget>()[^1].Place.ShouldBeNull();
        await HandleAsync(Deferred(Pace()) with { Place = place });
        await HandleAsync(await WakeAsync());
        Sent<PrepareTarget>()[^1].Place.ShouldBe(place);

        // An answer without progress does not reset the place.
        await HandleAsync(Deferred());
        await HandleAsync(await WakeAsync());
        Sent<PrepareTarget>()[^1].Place.ShouldBe(place);
        (await SagaAsync()).FailingSince.ShouldNotBeNull();

        await HandleAsync(Prepared());
        await HandleAsync(Unread());
        Sent<PrepareTarget>()[^1].Place.ShouldBeNull();

        Failure Pace() =>
            new()
            {
                Kind = FailureKind.Throttled,
                Message = "points",
                RetryAt = Time.GetUtcNow().AddSeconds(1),
            };
    }

    [Fact]
    public async Task Should_have_one_outstanding_command_at_any_time()
    {
        await PrepareAsync();
        await HandleAsync(Created(next: 1, created: 1));
        Sent<CreateIssues>().Select(x => x.CommandId).ShouldBeUnique();
        Sent<CreateIssues>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_send_the_same_command_again_for_a_redelivered_event()
    {
        await HandleAsync(Request());
        var (prepared, messageId) = (Prepared(), NewId.NextGuid());
        await HandleAsync(prepared, messageId);
        await HandleAsync(prepared, messageId);

        Sent<CreateIssues>().Count.ShouldBe(2);
        Sent<CreateIssues>().Select(x => x.CommandId).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_ignore_a_stale_answer()
    {
        await PrepareAsync();
        var first = Created(next: 1, created: 1);
        await HandleAsync(first);
        await HandleAsync(first);
        await HandleAsync(first);

        Sent<CreateIssues>().Count.ShouldBe(2);
        (await SagaAsync()).Created.ShouldBe(1);
    }

    [Fact]
    public async Task Should_publish_its_completion_again_for_a_redelivered_event()
    {
        await PrepareAsync(issues: 1);
        var (last, messageId) = (Created(next: 1, created: 1), NewId.NextGuid());
        await HandleAsync(last, messageId);
        await HandleAsync(last, messageId);

        Sent<RepositoryMigrationCompleted>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_answer_a_duplicate_request_without_running_again()
    {
        await PrepareAsync(issues: 1);
        await HandleAsync(Created(next: 1, created: 1));
        await HandleAsync(Request());

        Sent<RepositoryMigrationCompleted>().Count.ShouldBe(2);
        Sent<PrepareTarget>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_run_again_for_another_migration_with_new_counts()
    {
        await PrepareAsync(issues: 1);
        await HandleAsync(Created(next: 1, created: 1));
        var second = NewId.NextGuid();
        await HandleAsync(Request(second, issues: 1));
        await HandleAsync(Prepared());
        await HandleAsync(Created(next: 1, alreadyThere: 1));

        var end = Sent<RepositoryMigrationCompleted>()[^1];
        (end.BatchId, end.Created, end.AlreadyThere).ShouldBe((second, 0, 1));

        // A duplicate request of the first migration starts nothing.
        await HandleAsync(Request());
        Sent<PrepareTarget>().Count.ShouldBe(2);
        Sent<RepositoryMigrationCompleted>()[^1].BatchId.ShouldBe(Batch);
    }

    [Fact]
    public async Task Should_let_a_second_migration_join_while_it_runs()
    {
        await PrepareAsync(issues: 1);
        var second = NewId.NextGuid();
        await HandleAsync(Request(second, issues: 1));
        await HandleAsync(Created(next: 1, created: 1));

        Sent<PrepareTarget>().ShouldHaveSingleItem();
        Sent<RepositoryMigrationCompleted>().Select(x => x.BatchId).ShouldBe([Batch, second], ignoreOrder: true);
    }

    [Fact]
    public async Task Should_run_another_pass_when_the_joining_migration_has_a_later_snapshot()
    {
        await PrepareAsync(issues: 1);
        await HandleAsync(Request(NewId.NextGuid(), "s2", issues: 2, readAfterMinutes: 5));
        await HandleAsync(Created(next: 1, created: 1));

        Sent<RepositoryMigrationCompleted>().ShouldBeEmpty();
        var again = Sent<CreateIssues>()[^1];
        (again.SnapshotId, again.From).ShouldBe(("s2", 0));

        await HandleAsync(Created(next: 2, created: 1, alreadyThere: 1));
        var end = Sent<RepositoryMigrationCompleted>()[^1];
        (end.Total, end.Created, end.AlreadyThere).ShouldBe((2, 2, 0));
    }

    [Fact]
    public async Task Should_restart_on_a_replaced_snapshot()
    {
        await PrepareAsync(issues: 3);
        await HandleAsync(
            new SnapshotReplaced
            {
                RepositoryMigrationId = SagaId,
                CommandId = Sent<CreateIssues>()[^1].CommandId,
                SnapshotId = "s2",
                ReadAt = Time.GetUtcNow(),
                IssueCount = 4,
            }
        );

        var again = Sent<CreateIssues>()[^1];
        (again.SnapshotId, again.From).ShouldBe(("s2", 0));
        (await SagaAsync()).Pass.IssueCount.ShouldBe(4);
    }

    [Fact]
    public async Task Should_report_rejected_issues_and_continue()
    {
        await PrepareAsync(issues: 3);
        await RejectAsync(Rejection(7));
        await HandleAsync(Created(next: 2, created: 1, rejected: Rejection(7)));
        Sent<RepositoryProgressed>()[^1].RejectedIssues.ShouldHaveSingleItem().Number.ShouldBe(7);

        await HandleAsync(Created(next: 3, created: 1));
        var end = Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem();
        (end.Status, end.Rejected).ShouldBe((RepositoryStatus.CompletedWithFailures, 1));

        // A migration that joins or repeats its request receives the rejections too; the next start begins without them.
        await HandleAsync(Request());
        Sent<RepositoryProgressed>()[^1].RejectedIssues.ShouldHaveSingleItem();
        await HandleAsync(Request(NewId.NextGuid()));
        await HandleAsync(Prepared());
        await RejectAsync(Rejection(8));
        await HandleAsync(Created(next: 2, created: 1, rejected: Rejection(8)));
        Sent<RepositoryProgressed>()[^1].RejectedIssues.ShouldHaveSingleItem().Number.ShouldBe(8);
    }

    [Fact]
    public async Task Should_keep_its_command_outstanding_while_another_delivery_is_in_progress()
    {
        await PrepareAsync(issues: 2);
        var command = Sent<CreateIssues>()[^1].CommandId;
        await HandleAsync(Created(next: 0, endedBy: Transient()) with { IsBusy = true });
        (await SagaAsync()).WakeAt!.Value.ShouldBeLessThan(Time.GetUtcNow().AddSeconds(10));

        // The other delivery's answer counts; if it dies, the same command is sent again.
        await HandleAsync(await WakeAsync());
        Sent<CreateIssues>()[^1].CommandId.ShouldBe(command);
        await HandleAsync(Created(next: 2, created: 2));
        Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem().Created.ShouldBe(2);
    }

    [Fact]
    public async Task Should_end_with_the_remedy_when_the_target_is_refused()
    {
        await HandleAsync(Request());
        await HandleAsync(Refused());

        var end = Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem();
        end.Status.ShouldBe(RepositoryStatus.Failed);
        end.Failure!.Remedy.ShouldBe("unarchive it");
        Sent<CreateIssues>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_publish_progress_in_rising_versions()
    {
        await PrepareAsync(issues: 2);
        await HandleAsync(Created(next: 1, created: 1));
        await HandleAsync(Created(next: 2, created: 1));

        var progress = Sent<RepositoryProgressed>();
        progress.Select(x => x.Version).ShouldBeInOrder();
        progress.Select(x => x.Version).ShouldBeUnique();
        progress.OrderBy(x => x.Version).Select(x => x.Created).ShouldBe([0, 0, 1, 2]);
    }
}
