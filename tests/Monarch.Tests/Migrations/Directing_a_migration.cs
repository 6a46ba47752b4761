using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

/// <summary>The interventions in a migration: cancel, pause, resume, retry.</summary>
public sealed class Directing_a_migration : BatchTest
{
    [Fact]
    public async Task Should_end_immediately_when_it_is_cancelled_while_reading_the_source()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        await HandleAsync(Cancel());

        var end = Sent<BatchProgressed>()[^1];
        (end.Status, end.TargetsEnded).ShouldBe((BatchStatus.Cancelled, 2));
        end.Interventions.ShouldHaveSingleItem()
            .ShouldBe(
                new()
                {
                    Kind = InterventionKind.Cancel,
                    Reason = "wrong class",
                    At = Time.GetUtcNow(),
                }
            );
    }

    [Fact]
    public async Task Should_cancel_names_immediately_and_repositories_with_their_answers()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        await HandleAsync(Read());
        await HandleAsync(Resolved(0, 21));
        await HandleAsync(Cancel());
        Sent<MigrateRepository>()[^1].Directive.ShouldBe(Directive.Cancel);
        Sent<BatchProgressed>()[^1].EndedAt.ShouldBeNull();

        await HandleAsync(Resolved(1, 22));
        Sent<MigrateRepository>().ShouldAllBe(x => x.TargetRepositoryId == 21);
        await HandleAsync(Completed(21, RepositoryStatus.Cancelled));
        Sent<BatchProgressed>()[^1].Status.ShouldBe(BatchStatus.Cancelled);
    }

    [Fact]
    public async Task Should_send_a_cancel_again_that_was_not_answered()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Read());
        await HandleAsync(Resolved(0, 21));
        await HandleAsync(Cancel());
        await HandleAsync(await WakeAsync());

        Sent<MigrateRepository>().Count(x => x.Directive == Directive.Cancel).ShouldBe(2);
        Sent<MigrateRepository>().Select(x => x.BatchVersion).ShouldBeInOrder();
    }

    [Fact]
    public async Task Should_look_up_names_only_after_the_resume()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        await HandleAsync(Pause());
        await HandleAsync(Read());
        Sent<ResolveTarget>().ShouldBeEmpty();
        Sent<BatchProgressed>()[^1].IsPaused.ShouldBeTrue();
        await HandleAsync(await WakeAsync());
        Sent<ResolveTarget>().ShouldBeEmpty();

        await HandleAsync(Resume());
        Sent<ResolveTarget>().Select(x => x.Target).ShouldBe(["teams/one", "teams/two"]);
        Sent<BatchProgressed>()[^1].IsPaused.ShouldBeFalse();
        Sent<BatchProgressed>()[^1].Interventions.Select(x => x.Kind).ShouldBe([InterventionKind.Pause, InterventionKind.Resume]);
    }

    [Fact]
    public async Task Should_pause_and_resume_its_repository_migrations()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Read());
        await HandleAsync(Resolved(0, 21));
        await HandleAsync(Pause());
        await HandleAsync(Resume());

        Sent<MigrateRepository>().Select(x => x.Directive).ShouldBe([Directive.Run, Directive.Pause, Directive.Run]);
        Sent<MigrateRepository>().Select(x => x.RunId).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_repeat_its_directives_for_a_duplicate_resume()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Read());
        await HandleAsync(Resolved(0, 21));
        await HandleAsync(Pause());
        var resume = Resume();
        await HandleAsync(resume);
        await HandleAsync(resume);

        Sent<MigrateRepository>().Select(x => x.Directive).ShouldBe([Directive.Run, Directive.Pause, Directive.Run, Directive.Run]);
        (await BatchAsync()).Interventions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_not_read_the_source_while_it_is_paused()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Pause());
        await HandleAsync(await WakeAsync());
        Sent<ReadSourceIssues>().Count.ShouldBe(1);
        (await BatchAsync()).WakeAt.ShouldBeNull();

        await HandleAsync(Resume());
        Sent<ReadSourceIssues>().Count.ShouldBe(2);
        await HandleAsync(Read());
        Sent<ResolveTarget>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_retry_only_rejected_issues_and_failed_targets()
    {
        await EndAsync();
        Time.Advance(60);
        await HandleAsync(Retry());
        Sent<ReadSourceIssues>().Count.ShouldBe(2);
        Sent<BatchProgressed>()[^1].EndedAt.ShouldBeNull();
        await HandleAsync(Read(issues: 4) with { SnapshotId = "s2" });

        var retried = Sent<MigrateRepository>()[^1];
        (retried.TargetRepositoryId, retried.IssueCount, retried.SnapshotId).ShouldBe((22, 4, "s2"));
        retried.RunId.ShouldNotBe(Batch);
        Sent<ResolveTarget>()[^1].Target.ShouldBe("teams/three");
        await HandleAsync(Resolved(2, 23));
        Sent<MigrateRepository>()[^1].TargetRepositoryId.ShouldBe(23);

        await HandleAsync(Completed(22));
        Sent<BatchProgressed>()[^1].EndedAt.ShouldBeNull("an answer to the first run is stale");
        await HandleAsync(Completed(22, run: retried.RunId));
        await HandleAsync(Completed(23, run: retried.RunId));
        Sent<BatchProgressed>()[^1].Status.ShouldBe(BatchStatus.Completed);
        Sent<MigrateRepository>().Count(x => x.TargetRepositoryId == 21).ShouldBe(1);
    }

    [Fact]
    public async Task Should_retry_once_for_a_duplicate_command()
    {
        await EndAsync();
        var (retry, messageId) = (Retry(), NewId.NextGuid());
        await HandleAsync(retry, messageId);
        await HandleAsync(retry, messageId);
        Sent<ReadSourceIssues>().Select(x => x.CommandId).Distinct().Count().ShouldBe(2);
        await HandleAsync(
            new SourceRefused
            {
                BatchId = Batch,
                CommandId = Sent<ReadSourceIssues>()[^1].CommandId,
                Failure = new() { Kind = FailureKind.RefusedTarget, Message = "Not Found" },
            }
        );
        Sent<BatchProgressed>()[^1].Status.ShouldBe(BatchStatus.CompletedWithFailures);

        await HandleAsync(retry, messageId);
        Sent<ReadSourceIssues>().Select(x => x.CommandId).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Should_retry_nothing_where_nothing_failed()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Retry());
        await HandleAsync(Read());
        await HandleAsync(Resolved(0, 21));
        await HandleAsync(Retry());
        await HandleAsync(Completed(21));
        await HandleAsync(Retry());

        Sent<ReadSourceIssues>().Count.ShouldBe(1);
        Sent<BatchProgressed>()[^1].Status.ShouldBe(BatchStatus.Completed);
    }

    [Fact]
    public async Task Should_send_its_commands_again_immediately_when_the_bus_lost_them()
    {
        await HandleAsync(Request("teams/one", "teams/two"));
        await HandleAsync((await WakeAsync()) with { IsRestart = true });
        Sent<ReadSourceIssues>().Count.ShouldBe(2);

        await HandleAsync(Read());
        await HandleAsync(Resolved(0, 21));
        await HandleAsync((await WakeAsync()) with { IsRestart = true });
        Sent<MigrateRepository>().Count.ShouldBe(2);
        Sent<ResolveTarget>().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Should_exceed_the_version_of_events_that_Redis_has_lost()
    {
        await EndAsync();
        var lost = Sent<BatchProgressed>()[^1].Version + 50;
        await HandleAsync(await WakeAsync());

        Sent<BatchProgressed>()[^1].Status.ShouldBe(BatchStatus.CompletedWithFailures);
        Sent<BatchProgressed>()[^1].Version.ShouldBeGreaterThan(lost);
    }

    async Task EndAsync()
    {
        await HandleAsync(Request("teams/one", "teams/two", "teams/three"));
        await HandleAsync(Read());
        await HandleAsync(Resolved(0, 21));
        await HandleAsync(Resolved(1, 22));
        await HandleAsync(TargetRefused(2));
        await HandleAsync(Completed(21));
        await HandleAsync(Completed(22, RepositoryStatus.CompletedWithFailures, rejected: 1));
        Sent<BatchProgressed>()[^1].Status.ShouldBe(BatchStatus.CompletedWithFailures);
    }
}
