using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Endpoints;

/// <summary>MassTransit's retry.</summary>
public sealed class Retrying_a_command : EndpointTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Should_retry_a_transient_failure_the_configured_number_of_times(int retries)
    {
        await StartAsync(("GITHUB_RETRIES", $"{retries}"), ("GITHUB_RETRY_INTERVAL", "1"));
        GitHub.Faults = new() { Outage = true };
        await SendAsync([ReadSource(), Resolve(), Prepare()]);

        (await AnswerAsync<TargetDeferred>()).Failure.Kind.ShouldBe(FailureKind.Transient);
        await AnswerAsync<SourceDeferred>();
        await AnswerAsync<RepositoryMigrationDeferred>();
        GitHub.Requests().Of("GET repository").ShouldBe(3 * (retries + 1));
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_not_report_a_failure_that_a_retry_resolves()
    {
        await StartAsync(("GITHUB_RETRIES", "2"), ("GITHUB_RETRY_INTERVAL", "1"));
        GitHub.Script(new() { Status = 502, Count = 2 });
        await SendAsync(Resolve());

        (await AnswerAsync<TargetResolved>()).RepositoryId.ShouldBe(TargetId);
        Published<TargetDeferred>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(400)]
    public async Task Should_not_retry_any_other_failure(int status)
    {
        await StartAsync(("GITHUB_RETRIES", "5"), ("GITHUB_RETRY_INTERVAL", "1"));
        GitHub.Script(new() { Status = status, Count = 100 });
        await SendAsync(Resolve());

        await AnswersAsync<TargetDeferred>();
        GitHub.Requests().Of("GET repository").ShouldBe(1);
    }

    [Fact]
    public async Task Should_not_repeat_a_post_that_may_have_succeeded()
    {
        await StartAsync(("GITHUB_RETRIES", "5"), ("GITHUB_RETRY_INTERVAL", "1"));
        GitHub.Script(
            new()
            {
                Method = "POST",
                Status = 502,
                CarryOut = true,
            }
        );
        await SendAsync(await CreateAsync(Issue(1), Issue(2)));

        // The answer contains GitHub's message; the ledger is queried later.
        (await AnswerAsync<RepositoryMigrationDeferred>()).Failure.Status.ShouldBe(502);
        GitHub.Repository(Target).Count.ShouldBe(1);
        GitHub.Requests().Of("POST issues").ShouldBe(1);
    }
}
