using MassTransit;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

/// <summary>The directives of migrations: run, pause, cancel; and requests that exceed the current pass.</summary>
public sealed class Directing_a_repository_migration : RepositoryMigrationTest
{
    readonly Guid _other = NewId.NextGuid();

    [Fact]
    public async Task Should_pause_after_the_answer_that_is_in_flight()
    {
        await PrepareAsync();
        await HandleAsync(Request(directive: Directive.Pause, version: 2));
        Sent<RepositoryProgressed>()[^1].IsPaused.ShouldBeTrue();

        await HandleAsync(Created(next: 1, created: 1));
        Sent<CreateIssues>().Count.ShouldBe(1);
        (await SagaAsync()).WakeAt.ShouldBeNull();
        (await SagaAsync()).Next.ShouldBe(1);
    }

    [Fact]
    public async Task Should_continue_at_its_cursor_when_it_is_resumed()
    {
        await PrepareAsync();
        await HandleAsync(Request(directive: Directive.Pause, version: 2));
        await HandleAsync(Created(next: 1, created: 1));
        await HandleAsync(Request(version: 3));

        Sent<CreateIssues>()[^1].From.ShouldBe(1);
        Sent<RepositoryProgressed>()[^1].IsPaused.ShouldBeFalse();
        await HandleAsync(Created(next: 3, created: 2));
        Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem().Status.ShouldBe(RepositoryStatus.Completed);
    }

    [Fact]
    public async Task Should_ignore_a_stale_directive()
    {
        await PrepareAsync();
        await HandleAsync(Request(directive: Directive.Pause, version: 5));
        await HandleAsync(Created(next: 1, created: 1));
        await HandleAsync(Request(version: 4));

        Sent<CreateIssues>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_ignore_a_pause_that_arrives_after_the_resume()
    {
        await PrepareAsync();
        await HandleAsync(Request(version: 5));
        await HandleAsync(Request(directive: Directive.Pause, version: 4));
        await HandleAsync(Created(next: 1, created: 1));

        Sent<CreateIssues>()[^1].From.ShouldBe(1);
    }

    [Fact]
    public async Task Should_send_no_command_when_it_is_paused_before_its_start()
    {
        await HandleAsync(Request(directive: Directive.Pause));
        Sent<PrepareTarget>().ShouldBeEmpty();

        await HandleAsync(Request(version: 2));
        Sent<PrepareTarget>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_not_pause_while_another_migration_runs()
    {
        await PrepareAsync();
        await HandleAsync(Request(_other));
        await HandleAsync(Request(directive: Directive.Pause, version: 2));
        await HandleAsync(Created(next: 1, created: 1));

        Sent<CreateIssues>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_not_resend_a_stalled_command_after_a_pause()
    {
        await PrepareAsync();
        await HandleAsync(Request(directive: Directive.Pause, version: 2));
        await HandleAsync(await WakeAsync());

        Sent<CreateIssues>().Count.ShouldBe(1);
        (await SagaAsync()).WakeAt.ShouldBeNull();
    }

    [Fact]
    public async Task Should_end_with_its_counts_after_the_answer_in_flight_when_it_is_cancelled()
    {
        await PrepareAsync();
        await HandleAsync(Request(directive: Directive.Cancel, version: 2));
        Sent<RepositoryMigrationCompleted>().ShouldBeEmpty();

        await HandleAsync(Created(next: 2, created: 2));
        var end = Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem();
        (end.Status, end.Created, end.Total).ShouldBe((RepositoryStatus.Cancelled, 2, 3));
    }

    [Fact]
    public async Task Should_end_immediately_when_it_is_cancelled_while_it_waits()
    {
        await PrepareAsync();
        await HandleAsync(Deferred());
        await HandleAsync(Request(directive: Directive.Cancel, version: 2));

        Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem().Status.ShouldBe(RepositoryStatus.Cancelled);
        (await SagaAsync()).WakeAt.ShouldBeNull();
    }

    [Fact]
    public async Task Should_end_when_the_answer_of_a_cancelled_run_never_arrives()
    {
        await PrepareAsync();
        await HandleAsync(Request(directive: Directive.Cancel, version: 2));
        await HandleAsync(await WakeAsync());

        Sent<CreateIssues>().Count.ShouldBe(1);
        Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem().Status.ShouldBe(RepositoryStatus.Cancelled);
    }

    [Fact]
    public async Task Should_continue_for_the_migration_that_was_not_cancelled()
    {
        await PrepareAsync();
        await HandleAsync(Request(_other));
        await HandleAsync(Request(directive: Directive.Cancel, version: 2));
        var answer = Sent<RepositoryMigrationCompleted>().ShouldHaveSingleItem();
        (answer.BatchId, answer.Status).ShouldBe((Batch, RepositoryStatus.Cancelled));

        await HandleAsync(Created(next: 3, created: 3));
        Sent<RepositoryMigrationCompleted>().Count.ShouldBe(2);
        var end = Sent<RepositoryMigrationCompleted>()[^1];
        (end.BatchId, end.Status).ShouldBe((_other, RepositoryStatus.Completed));
    }

    [Fact]
    public async Task Should_answer_a_duplicate_cancel_and_never_start_for_it()
    {
        await PrepareAsync();
        await HandleAsync(Request(_other));
        await HandleAsync(Request(directive: Directive.Cancel, version: 2));
        await HandleAsync(Request(directive: Directive.Cancel, version: 2));
        await HandleAsync(Request(version: 1));

        Sent<RepositoryMigrationCompleted>().Count.ShouldBe(3);
        (await SagaAsync()).Waiting.ShouldHaveSingleItem().BatchId.ShouldBe(_other);
    }

    [Fact]
    public async Task Should_not_start_for_a_run_whose_cancel_overtook_its_start()
    {
        await HandleAsync(Request(directive: Directive.Cancel, version: 2));
        await HandleAsync(Request(version: 1));

        Sent<PrepareTarget>().ShouldBeEmpty();
        Sent<RepositoryMigrationCompleted>().Select(x => x.Status).ShouldAllBe(x => x == RepositoryStatus.Cancelled);
        (await SagaAsync()).EndedAt.ShouldNotBeNull();

        await HandleAsync(Request(_other));
        Sent<PrepareTarget>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_create_missing_issues_in_a_retry()
    {
        await PrepareAsync(issues: 2);
        await RejectAsync(Rejection(2));
        await HandleAsync(Created(next: 2, created: 1, rejected: [Rejection(2)]));
        var pass = Sent<CreateIssues>()[^1].PassId.ShouldNotBeNull();
        await HandleAsync(Request(run: NewId.NextGuid(), issues: 3));
        await HandleAsync(Prepared());

        var retry = Sent<CreateIssues>()[^1];
        (retry.From, retry.PassId == pass).ShouldBe((0, false));
        await HandleAsync(Created(next: 3, created: 2, alreadyThere: 1));
        var end = Sent<RepositoryMigrationCompleted>()[^1];
        (end.Status, end.Total, end.Created, end.AlreadyThere).ShouldBe((RepositoryStatus.Completed, 3, 2, 1));
    }

    [Fact]
    public async Task Should_read_the_target_again_to_recreate_deleted_copies()
    {
        await PrepareAsync();
        await HandleAsync(Request(_other, recreate: true));
        await HandleAsync(Created(next: 3, created: 3));
        Sent<PrepareTarget>()[^1].Recreate.ShouldBeTrue();

        await HandleAsync(Prepared());
        Sent<CreateIssues>()[^1].From.ShouldBe(0);
        await HandleAsync(Created(next: 3, alreadyThere: 3));
        Sent<RepositoryMigrationCompleted>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_prepare_again_and_continue_when_the_ledger_may_have_lost_entries()
    {
        await PrepareAsync();
        await HandleAsync(Created(next: 1, created: 1));
        var (unread, messageId) = (Unread(), NewId.NextGuid());
        await HandleAsync(unread, messageId);
        await HandleAsync(unread, messageId);
        Sent<PrepareTarget>().Select(x => x.CommandId).Distinct().Count().ShouldBe(2);
        Sent<PrepareTarget>().Count.ShouldBe(3);

        await HandleAsync(Prepared());
        Sent<CreateIssues>()[^1].From.ShouldBe(1);
    }

    [Fact]
    public async Task Should_send_its_command_again_immediately_when_the_bus_lost_it()
    {
        await PrepareAsync();
        await HandleAsync((await WakeAsync()) with { IsRestart = true });
        Sent<CreateIssues>().Count.ShouldBe(2);

        await HandleAsync(Deferred());
        await HandleAsync((await WakeAsync()) with { IsRestart = true });
        Sent<CreateIssues>().Count.ShouldBe(2, "a planned wait outlives a restart");
    }
}
