using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Endpoints;

/// <summary>An expected failure becomes an answer; a bug becomes an answer, and its message is moved to the error queue.</summary>
public sealed class Answering_every_failure : EndpointTest
{
    const string Throttled = "throttled";

    [Theory]
    [InlineData("502", FailureKind.Transient)]
    [InlineData("503", FailureKind.Transient)]
    [InlineData("429", FailureKind.Throttled)]
    [InlineData(Throttled, FailureKind.Throttled)]
    [InlineData("422", FailureKind.Bug)]
    [InlineData("400", FailureKind.Bug)]
    [InlineData("404", FailureKind.RefusedTarget)]
    public async Task Should_defer_the_saga_after_a_transient_failure(string failure, FailureKind kind)
    {
        await StartAsync(("GITHUB_RETRIES", "0"));
        await FailAsync(failure);

        Failure[] answers =
        [
            (await AnswerAsync<SourceDeferred>()).Failure,
            (await AnswerAsync<TargetDeferred>()).Failure,
            .. (await AnswersAsync<RepositoryMigrationDeferred>(2)).Select(deferred => deferred.Failure),
        ];
        // GitHub refuses a create without a reason.
        answers.ShouldAllBe(answer => answer.Message.Length > 0 && answer.RequestId != null);
        answers.Count(answer => answer.Kind == kind).ShouldBe(failure == "422" ? 3 : 4);
        answers.ShouldAllBe(answer => (answer.RetryAt != null) == (failure == "429" || failure == Throttled));
        answers
            .Count(answer => answer.Remedy != null)
            .ShouldBe(
                kind is FailureKind.Transient or FailureKind.Throttled ? 0
                : failure == "422" ? 3
                : 4
            );
        Errors.ShouldBeEmpty();
        Published<Fault>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("403")]
    [InlineData("410")]
    [InlineData("451")]
    public async Task Should_refuse_with_a_remedy_when_a_repository_refuses(string failure)
    {
        await StartAsync();
        await FailAsync(failure);

        Failure[] answers =
        [
            (await AnswerAsync<SourceRefused>()).Failure,
            (await AnswerAsync<TargetRefused>()).Failure,
            .. (await AnswersAsync<RepositoryMigrationRefused>(2)).Select(refused => refused.Failure),
        ];
        answers.ShouldAllBe(answer => answer.Kind == FailureKind.RefusedTarget && answer.Remedy != null && $"{answer.Status}" == failure);
        Errors.ShouldBeEmpty();
        Published<Fault>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("400")]
    [InlineData("409")]
    [InlineData("422")]
    public async Task Should_reject_the_issue_at_its_last_try_and_continue_with_the_next(string failure)
    {
        await StartAsync();
        GitHub.Script(
            new() { Status = int.Parse(failure, System.Globalization.CultureInfo.InvariantCulture), Body = """{"message":"No"}""" }
        );
        await SendAsync(await CreateAsync(Issue(1), Issue(2)) with { IsLastTry = true });

        var run = await AnswerAsync<IssuesCreated>();
        (run.Next, run.Created, run.EndedBy).ShouldBe((2, 1, null));
        var rejected = run.Rejected.ShouldHaveSingleItem();
        (rejected.Number, rejected.Failure.Kind, rejected.Failure.Message).ShouldBe(
            (1, failure == "422" ? FailureKind.RejectedIssue : FailureKind.Bug, "No")
        );
        rejected.Failure.Remedy.ShouldNotBeNull();
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_reject_no_second_issue_at_a_last_try()
    {
        await StartAsync();
        GitHub.Script(
            new()
            {
                Status = 400,
                Body = """{"message":"No"}""",
                Count = 2,
            }
        );
        await SendAsync(await CreateAsync(Issue(1), Issue(2)) with { IsLastTry = true });

        var run = await AnswerAsync<IssuesCreated>();
        (run.Next, run.Created, run.Rejected.Count, run.EndedBy!.Status).ShouldBe((1, 0, 1, 400));
    }

    [Fact]
    public async Task Should_return_the_ids_of_the_command()
    {
        await StartAsync();
        var (read, resolve, prepare) = (ReadSource("school/none"), Resolve("teams/none"), Prepare() with { TargetRepositoryId = 99 });
        await SendAsync([read, resolve, prepare]);

        var source = await AnswerAsync<SourceDeferred>();
        (source.BatchId, source.CommandId).ShouldBe((read.BatchId, read.CommandId));
        var target = await AnswerAsync<TargetDeferred>();
        (target.BatchId, target.TargetIndex).ShouldBe((resolve.BatchId, resolve.TargetIndex));
        var deferred = await AnswerAsync<RepositoryMigrationDeferred>();
        (deferred.RepositoryMigrationId, deferred.CommandId).ShouldBe((prepare.RepositoryMigrationId, prepare.CommandId));
    }

    // Sends each of the four commands to a GitHub with this failure.
    async Task FailAsync(string failure)
    {
        GitHub.Script(
            new()
            {
                Count = 1000,
                Status = failure == Throttled ? 403 : int.Parse(failure, System.Globalization.CultureInfo.InvariantCulture),
                Body = failure == Throttled ? """{"message":"You have exceeded a secondary rate limit."}""" : """{"message":"No"}""",
            }
        );
        await SendAsync([ReadSource(), Resolve(), Prepare(), await CreateAsync(Issue(1), Issue(2))]);
    }
}
