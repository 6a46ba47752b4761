using MassTransit;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

public sealed class Finishing_a_repository : RepositoryMigrationTest
{
    [Fact]
    public async Task Should_finish_slice_by_slice_after_all_copies_exist()
    {
        await CopyAsync();
        Sent<RepositoryMigrationCompleted>().ShouldBeEmpty();
        Sent<FinishIssues>().ShouldHaveSingleItem().From.ShouldBe(0);
        Sent<RepositoryProgressed>()[^1].Status.ShouldBe(RepositoryStatus.Finishing);

        await HandleAsync(Finished(next: 2));
        Sent<FinishIssues>()[^1].From.ShouldBe(2);
        await HandleAsync(Finished(next: 3));
        var end = Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem();
        (end.Status, end.Created, end.AlreadyThere).ShouldBe((RepositoryStatus.Completed, 3, 0));
    }

    [Fact]
    public async Task Should_wait_and_continue_where_a_slice_ended()
    {
        await CopyAsync();
        await HandleAsync(Finished(next: 1, Transient()));
        (await SagaAsync()).WaitingUntil.ShouldNotBeNull();
        await HandleAsync(await WakeAsync());
        Sent<FinishIssues>()[^1].From.ShouldBe(1);
    }

    [Fact]
    public async Task Should_pause_resume_and_cancel_while_finishing()
    {
        await CopyAsync();
        await HandleAsync(Request(needsFinishing: true, directive: Directive.Pause, version: 2));
        await HandleAsync(Finished(next: 1));
        Sent<FinishIssues>().Count.ShouldBe(1);
        await HandleAsync(Request(needsFinishing: true, directive: Directive.Run, version: 3));
        Sent<FinishIssues>()[^1].From.ShouldBe(1);
        await HandleAsync(Request(needsFinishing: true, directive: Directive.Cancel, version: 4));
        await HandleAsync(Finished(next: 2));
        Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem().Status.ShouldBe(RepositoryStatus.Cancelled);

        // What was not finished is finished by the next migration, although it creates nothing.
        await HandleAsync(Request(NewId.NextGuid(), needsFinishing: true));
        await HandleAsync(Prepared());
        await HandleAsync(Created(next: 3, alreadyThere: 3));
        Sent<FinishIssues>()[^1].From.ShouldBe(0);
    }

    [Fact]
    public async Task Should_finish_for_an_update_although_the_snapshot_does_not_need_it()
    {
        await HandleAsync(Request(copy: new() { Update = true }));
        await HandleAsync(Prepared());
        await HandleAsync(Created(next: 3, alreadyThere: 3));
        Sent<FinishIssues>().ShouldHaveSingleItem().Copy!.Update.ShouldBe(true);
    }

    [Fact]
    public async Task Should_prepare_again_when_the_ledger_lost_the_target_or_the_snapshot_is_gone()
    {
        await CopyAsync();
        await HandleAsync(new TargetUnread { RepositoryMigrationId = SagaId, CommandId = Sent<FinishIssues>()[^1].CommandId });
        await HandleAsync(Prepared());
        await HandleAsync(Created(next: 3));
        Sent<FinishIssues>()[^1].From.ShouldBe(0);

        await HandleAsync(
            new SnapshotReplaced
            {
                RepositoryMigrationId = SagaId,
                CommandId = Sent<FinishIssues>()[^1].CommandId,
                SnapshotId = "s2",
                ReadAt = Time.GetUtcNow(),
                IssueCount = 4,
                NeedsFinishing = true,
            }
        );
        (Sent<CreateIssues>()[^1].SnapshotId, Sent<CreateIssues>()[^1].From).ShouldBe(("s2", 0));
        (await SagaAsync()).CurrentState.ShouldBe("Copying");
    }

    [Fact]
    public async Task Should_begin_a_migration_with_other_options_when_the_current_one_has_ended()
    {
        var (second, copy) = (NewId.NextGuid(), new CopyOptions { Labels = false });
        await PrepareAsync(issues: 1);
        await HandleAsync(Request(second, "s2", issues: 2, copy: copy));
        await HandleAsync(Created(next: 1, created: 1));

        Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem().BatchId.ShouldBe(Batch);
        // The test sent one request of each, and the repository migration the queued one again.
        var queued = Sent<MigrateRepository>()[^1];
        (Sent<MigrateRepository>().Count, queued.BatchId, queued.SnapshotId).ShouldBe((3, second, "s2"));
        await HandleAsync(queued);
        Sent<PrepareTarget>()[^1].Copy.ShouldBe(copy);
        await HandleAsync(Prepared());
        await HandleAsync(Created(next: 2, created: 1, alreadyThere: 1));
        Sent<RepositoryMigrationCompleted>()[^1].BatchId.ShouldBe(second);
        Sent<MigrateRepository>().Count.ShouldBe(4);
    }

    [Fact]
    public async Task Should_cancel_a_queued_migration()
    {
        var (second, copy) = (NewId.NextGuid(), new CopyOptions { Labels = false });
        await PrepareAsync(issues: 1);
        await HandleAsync(Request(second, "s2", copy: copy));
        await HandleAsync(Request(second, "s2", copy: copy, directive: Directive.Cancel, version: 2));
        var end = Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem();
        (end.BatchId, end.Status).ShouldBe((second, RepositoryStatus.Cancelled));

        await HandleAsync(Created(next: 1, created: 1));
        Sent<MigrateRepository>().Count.ShouldBe(3, "the test sent them");
    }

    async Task CopyAsync()
    {
        await HandleAsync(Request(needsFinishing: true));
        await HandleAsync(Prepared());
        await HandleAsync(Created(next: 3, created: 3));
    }
}
