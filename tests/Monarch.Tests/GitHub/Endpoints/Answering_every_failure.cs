using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Endpoints;

/// <summary>A failure that was foreseen is an answer and nothing else; a bug is an answer too, and its message is kept.</summary>
public sealed class Answering_every_failure : EndpointTest
{
    const string Throttled = "throttled";

    [Theory]
    [InlineData("502", FailureKind.Transient)]
    [InlineData("503", FailureKind.Transient)]
    [InlineData("429", FailureKind.Throttled)]
    [InlineData(Throttled, FailureKind.Throttled)]
    [InlineData("401", FailureKind.Unauthorised)]
    public async Task Should_ask_the_saga_to_wait_for_what_passes(string failure, FailureKind kind)
    {
        await StartAsync(("GITHUB_RETRIES", "0"));
        await FailAsync(failure);

        Failure[] answers =
        [
            (await AnswerAsync<SourceDeferred>()).Failure,
            (await AnswerAsync<TargetDeferred>()).Failure,
            .. (await AnswersAsync<RepositoryMigrationDeferred>(2)).Select(deferred => deferred.Failure),
        ];
        answers.ShouldAllBe(answer => answer.Kind == kind && answer.Message.Length > 0 && answer.RequestId != null);
        answers.ShouldAllBe(answer => (answer.RetryAt != null) == (kind != FailureKind.Transient));
        answers.ShouldAllBe(answer => (answer.Remedy != null) == (kind == FailureKind.Unauthorised));
        Errors.ShouldBeEmpty();
        Published<Fault>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("403")]
    [InlineData("404")]
    [InlineData("410")]
    [InlineData("451")]
    public async Task Should_end_the_work_with_a_remedy_when_a_repository_refuses(string failure)
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

    [Fact]
    public async Task Should_answer_a_bug_as_well_and_keep_its_message_in_the_error_queue()
    {
        await StartAsync();
        await FailAsync("400");

        (await AnswerAsync<SourceRefused>()).Failure.Kind.ShouldBe(FailureKind.Bug);
        (await AnswerAsync<TargetRefused>()).Failure.Kind.ShouldBe(FailureKind.Bug);
        (await AnswerAsync<RepositoryMigrationRefused>()).Failure.Kind.ShouldBe(FailureKind.Bug);
        var run = await AnswerAsync<IssuesCreated>();
        (run.Next, run.Rejected.ShouldHaveSingleItem().Failure.Kind).ShouldBe((1, FailureKind.Bug));

        await UntilErrorsAsync(4);
        Errors.Select(message => message.GetType().Name).ShouldBe(["ReadSourceIssues", "ResolveTarget", "PrepareTarget", "CreateIssues"], ignoreOrder: true);
        Published<Fault>().ShouldBeEmpty("the answer and the fault would contradict each other");
    }

    [Fact]
    public async Task Should_repeat_the_command_s_ids_so_that_the_saga_knows_what_is_answered()
    {
        await StartAsync();
        var (read, resolve, prepare) = (ReadSource("school/none"), Resolve("teams/none"), Prepare() with { TargetRepositoryId = 99 });
        await SendAsync([read, resolve, prepare]);

        var source = await AnswerAsync<SourceRefused>();
        (source.BatchId, source.CommandId).ShouldBe((read.BatchId, read.CommandId));
        var target = await AnswerAsync<TargetRefused>();
        (target.BatchId, target.TargetIndex).ShouldBe((resolve.BatchId, resolve.TargetIndex));
        var pair = await AnswerAsync<RepositoryMigrationRefused>();
        (pair.PairId, pair.CommandId).ShouldBe((prepare.PairId, prepare.CommandId));
    }

    // Sends each of the four commands to a GitHub that answers so.
    async Task FailAsync(string failure)
    {
        GitHub.Script(new()
        {
            Count = 1000,
            Status = failure == Throttled ? 403 : int.Parse(failure, System.Globalization.CultureInfo.InvariantCulture),
            Body = failure == Throttled ? """{"message":"You have exceeded a secondary rate limit."}""" : """{"message":"No"}""",
        });
        await SendAsync([ReadSource(), Resolve(), Prepare(), await CreateAsync(Issue(1), Issue(2))]);
    }
}
