using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Migrations.Repositories;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

public sealed class Migrating_to_several_targets : BatchTest
{
    [Fact]
    public async Task Should_accept_read_resolve_migrate_and_end()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        Sent<BatchAccepted>().ShouldHaveSingleItem().IntakeId.ShouldBe("5-0");
        Sent<ReadSourceIssues>().ShouldHaveSingleItem().Source.ShouldBe("school/Template");

        await HandleAsync(Read());
        Sent<ResolveTarget>().Select(x => (x.TargetIndex, x.Target)).ShouldBe([(0, "teams/one"), (1, "teams/two")], ignoreOrder: true);

        await HandleAsync(Resolved(0, 21));
        await HandleAsync(Resolved(1, 22));
        Sent<MigrateRepository>()
            .Select(x => x.RepositoryMigrationId)
            .ShouldBe([RepositoryMigrationId.For(SourceId, 21), RepositoryMigrationId.For(SourceId, 22)]);

        await HandleAsync(Completed(21));
        Sent<BatchProgressed>()[^1].Status.ShouldBe(BatchStatus.Migrating);
        await HandleAsync(Completed(22));
        var end = Sent<BatchProgressed>()[^1];
        (end.Status, end.TargetsEnded, end.EndedAt).ShouldBe((BatchStatus.Completed, 2, Time.GetUtcNow()));
        end.Targets.Select(x => x.Created).ShouldBe([3, 3]);
    }

    [Fact]
    public async Task Should_answer_a_duplicate_request_and_not_start_again()
    {
        var request = Request("teams/one");
        await HandleAsync(request);
        await HandleAsync(Read());
        await HandleAsync(request);

        Sent<BatchAccepted>().Count.ShouldBe(2);
        Sent<ReadSourceIssues>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_read_again_with_the_same_command_for_a_redelivered_request()
    {
        var (request, messageId) = (Request("teams/one"), NewId.NextGuid());
        await HandleAsync(request, messageId);
        await HandleAsync(request, messageId);

        Sent<ReadSourceIssues>().Count.ShouldBe(2);
        Sent<ReadSourceIssues>().Select(x => x.CommandId).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_ignore_a_stale_answer()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Read() with { CommandId = NewId.NextGuid() });

        Sent<ResolveTarget>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_resolve_missing_names_again_for_a_redelivered_answer()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        var (read, messageId) = (Read(), NewId.NextGuid());
        await HandleAsync(read, messageId);
        await HandleAsync(Resolved(0, 21));
        await HandleAsync(read, messageId);
        await HandleAsync(read);

        Sent<ResolveTarget>().Count(x => x.TargetIndex == 0).ShouldBe(1);
        Sent<ResolveTarget>().Count(x => x.TargetIndex == 1).ShouldBe(2);
    }

    [Fact]
    public async Task Should_end_as_skipped_when_the_source_has_no_issues()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Read(issues: 0));

        Sent<BatchProgressed>()[^1].Status.ShouldBe(BatchStatus.Skipped);
        Sent<ResolveTarget>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_fail_with_the_reason_when_the_source_cannot_be_read()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(
            new SourceRefused
            {
                BatchId = Batch,
                CommandId = Sent<ReadSourceIssues>()[^1].CommandId,
                Failure = new() { Kind = FailureKind.RefusedTarget, Message = "Not Found" },
            }
        );

        var end = Sent<BatchProgressed>()[^1];
        (end.Status, end.Failure!.Message).ShouldBe((BatchStatus.Failed, "Not Found"));
    }

    [Fact]
    public async Task Should_wait_for_the_source_and_read_it_again_when_it_is_woken()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(
            new SourceDeferred
            {
                BatchId = Batch,
                CommandId = Sent<ReadSourceIssues>()[^1].CommandId,
                Failure = new() { Kind = FailureKind.Transient, Message = "502" },
            }
        );
        Sent<BatchProgressed>()[^1].WaitingUntil.ShouldNotBeNull();

        await HandleAsync(await WakeAsync());
        Sent<ReadSourceIssues>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_continue_with_the_others_when_one_target_is_refused()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        await HandleAsync(Read());
        await HandleAsync(TargetRefused(0));
        await HandleAsync(Resolved(1, 22));
        await HandleAsync(Completed(22));

        var end = Sent<BatchProgressed>()[^1];
        end.Status.ShouldBe(BatchStatus.CompletedWithFailures);
        end.Targets[0].Failure!.Remedy.ShouldBe("check the name");
    }

    [Fact]
    public async Task Should_fail_when_every_target_has_failed()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        await HandleAsync(Read());
        await HandleAsync(TargetRefused(0));
        await HandleAsync(Resolved(1, 22));
        await HandleAsync(Completed(22, RepositoryStatus.Failed));

        Sent<BatchProgressed>()[^1].Status.ShouldBe(BatchStatus.Failed);
    }

    [Fact]
    public async Task Should_count_a_duplicate_outcome_once()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        await HandleAsync(Read());
        await HandleAsync(Resolved(0, 21));
        await HandleAsync(Completed(21));
        await HandleAsync(Completed(21));

        var progress = Sent<BatchProgressed>()[^1];
        (progress.Status, progress.TargetsEnded).ShouldBe((BatchStatus.Migrating, 1));
    }

    [Fact]
    public async Task Should_migrate_a_repository_once_that_is_named_twice()
    {
        await HandleAsync(Request("teams/one", "teams/old-name-of-one"));
        await HandleAsync(Read());
        await HandleAsync(Resolved(0, 21));
        await HandleAsync(Resolved(1, 21));
        await HandleAsync(Completed(21));

        Sent<MigrateRepository>().ShouldHaveSingleItem();
        var end = Sent<BatchProgressed>()[^1];
        end.Status.ShouldBe(BatchStatus.Completed);
        end.Targets[1].Status.ShouldBe(RepositoryStatus.SameAsAnother);
    }

    [Fact]
    public async Task Should_refuse_a_target_that_turns_out_to_be_the_source()
    {
        await HandleAsync(Request("teams/alias"));
        await HandleAsync(Read());
        await HandleAsync(Resolved(0, SourceId));

        Sent<MigrateRepository>().ShouldBeEmpty();
        Sent<BatchProgressed>()[^1].Targets[0].Failure!.Message.ShouldContain("the source itself");
    }

    [Fact]
    public async Task Should_retry_only_the_look_up_that_is_due()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        await HandleAsync(Read());
        await HandleAsync(TargetDeferred(0));
        await HandleAsync(TargetDeferred(0));
        await HandleAsync(await WakeAsync());

        Sent<ResolveTarget>().Count(x => x.TargetIndex == 0).ShouldBe(2);
        Sent<ResolveTarget>().Count(x => x.TargetIndex == 1).ShouldBe(1);
    }

    [Fact]
    public async Task Should_retry_a_look_up_whose_time_was_saved_by_a_clock_a_year_ahead()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        await HandleAsync(Read());
        Time.Shift(TimeSpan.FromDays(365).TotalSeconds);
        await HandleAsync(TargetDeferred(0));
        Time.Shift(-TimeSpan.FromDays(365).TotalSeconds);
        await HandleAsync(await WakeAsync());

        Sent<ResolveTarget>().Count(x => x.TargetIndex == 0).ShouldBe(2);
        (await BatchAsync()).WakeAt!.Value.ShouldBeLessThan(Time.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task Should_give_up_an_unanswered_look_up()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        await HandleAsync(Read());
        await HandleAsync(Resolved(0, 21));
        await HandleAsync(Completed(21));
        for (var checks = 0; checks < 100 && (await BatchAsync()).EndedAt is null; checks++)
        {
            var wake = await WakeAsync();
            Time.Advance(wake.DueAt - Time.GetUtcNow());
            await HandleAsync(wake);
        }

        var batch = await BatchAsync();
        batch.Status.ShouldBe(BatchStatus.CompletedWithFailures);
        (batch.Targets[1].Status, batch.Targets[1].Failure!.Message).ShouldBe(
            (RepositoryStatus.Failed, "Given up after 24 hours of failures. The last one: no worker answered")
        );
    }

    [Fact]
    public async Task Should_send_all_pending_commands_again_after_a_stall()
    {
        await HandleAsync(Request("teams/one", "teams/two", "teams/three"));
        await HandleAsync(Read());
        await HandleAsync(Resolved(0, 21));
        await HandleAsync(Resolved(1, 22));
        await HandleAsync(Completed(22));
        await HandleAsync(await WakeAsync());

        Sent<ResolveTarget>().Count(x => x.TargetIndex == 2).ShouldBe(2);
        Sent<MigrateRepository>().Count(x => x.TargetRepositoryId == 21).ShouldBe(2);
        Sent<MigrateRepository>().Count(x => x.TargetRepositoryId == 22).ShouldBe(1);
    }

    [Fact]
    public async Task Should_request_the_repository_again_for_a_redelivered_resolution()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Read());
        await HandleAsync(Resolved(0, 21));
        await HandleAsync(Resolved(0, 21));

        Sent<MigrateRepository>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_publish_its_completion_once_more()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Read(issues: 0));
        var ends = Sent<BatchProgressed>().Count(x => x.Status == BatchStatus.Skipped);
        await HandleAsync(await WakeAsync());

        Sent<BatchProgressed>().Count(x => x.Status == BatchStatus.Skipped).ShouldBe(ends + 1);
        (await BatchAsync()).WakeAt.ShouldBeNull();
    }
}
