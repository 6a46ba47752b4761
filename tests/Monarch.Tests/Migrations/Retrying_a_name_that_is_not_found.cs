using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

/// <summary>
/// The platform sends its request right after it has created the repositories, and GitHub answers 404 for some seconds. The template is
/// older.
/// </summary>
public sealed class Retrying_a_name_that_is_not_found : BatchTest
{
    [Fact]
    public async Task Should_find_a_target_that_appears_after_some_seconds()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Read());
        await HandleAsync(TargetNotFound(0));
        var waiting = Sent<BatchProgressed>()[^1].Targets.ShouldHaveSingleItem();
        (waiting.Status, waiting.WaitingUntil is null).ShouldBe((RepositoryStatus.Resolving, false));
        waiting.Failure!.Message.ShouldBe(
            "Not Found; a new repository takes a moment to appear, so GitHub is asked again until 09:01:00 UTC."
        );

        await WakeUpAsync();
        Sent<ResolveTarget>().Count.ShouldBe(2);
        await HandleAsync(Resolved(0, 21));
        var target = (await BatchAsync()).Targets[0];
        (target.Status, target.Failure, target.RefusedSince).ShouldBe((RepositoryStatus.Preparing, null, null));
    }

    [Fact]
    public async Task Should_refuse_a_target_after_the_grace_with_GitHubs_message_and_the_remedy()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Read());
        var began = Time.GetUtcNow();
        await HandleAsync(TargetNotFound(0));
        while ((await BatchAsync()).EndedAt is null)
        {
            await WakeUpAsync();
            await HandleAsync(TargetNotFound(0));
        }

        (Time.GetUtcNow() - began).TotalSeconds.ShouldBeInRange(60, 61);
        var failure = Sent<BatchProgressed>()[^1].Targets.ShouldHaveSingleItem().Failure!;
        (failure.Message, failure.Remedy).ShouldBe(("Not Found", "Check the spelling."));
    }

    [Fact]
    public async Task Should_refuse_a_source_soon_but_not_immediately()
    {
        await HandleAsync(Request("teams/one"));
        var began = Time.GetUtcNow();
        await HandleAsync(SourceNotFound());
        (await BatchAsync()).EndedAt.ShouldBeNull();
        while ((await BatchAsync()).EndedAt is null)
        {
            await WakeUpAsync();
            await HandleAsync(SourceNotFound());
        }

        (Time.GetUtcNow() - began).TotalSeconds.ShouldBeInRange(6, 6.1);
        var end = Sent<BatchProgressed>()[^1];
        (end.Status, end.Failure!.Message).ShouldBe((BatchStatus.Failed, "Not Found"));
    }

    [Fact]
    public async Task Should_read_a_source_after_one_stale_404()
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(SourceNotFound());
        await WakeUpAsync();
        await HandleAsync(Read());

        var batch = await BatchAsync();
        (batch.Status, batch.Failure, batch.RefusedSince).ShouldBe((BatchStatus.Migrating, null, null));
    }

    async Task WakeUpAsync()
    {
        var wake = await WakeAsync();
        Time.SetUtcNow(wake.DueAt);
        await HandleAsync(wake);
    }

    TargetDeferred TargetNotFound(int index) =>
        new()
        {
            BatchId = Batch,
            TargetIndex = index,
            Failure = NotFound(),
        };

    SourceDeferred SourceNotFound() =>
        new()
        {
            BatchId = Batch,
            CommandId = Sent<ReadSourceIssues>()[^1].CommandId,
            Failure = NotFound(),
        };

    static Failure NotFound() =>
        new()
        {
            Kind = FailureKind.RefusedTarget,
            Message = "Not Found",
            Status = 404,
            Remedy = "Check the spelling.",
        };
}
