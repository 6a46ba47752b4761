using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Api;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Endpoints;

/// <summary>
/// A time-out before or without an answer, as with HTTP/2: its root cause is a cancellation and not a socket error. It is transient, like
/// every network failure.
/// </summary>
public sealed class Timing_out_on_GitHub : EndpointTest
{
    protected override void Configure(IServiceCollection services) =>
        services.AddHttpClient<GitHubClients>().AddHttpMessageHandler(() => new Silence());

    [Fact]
    public async Task Should_defer_the_saga()
    {
        await StartAsync(("GITHUB_RETRIES", "0"), ("GITHUB_TIMEOUT", "1"));

        await SendAsync([ReadSource(), Resolve(), Prepare(), await CreateAsync(Issue(1))]);

        Failure[] answers =
        [
            (await AnswerAsync<SourceDeferred>()).Failure,
            (await AnswerAsync<TargetDeferred>()).Failure,
            .. (await AnswersAsync<RepositoryMigrationDeferred>(2)).Select(deferred => deferred.Failure),
        ];
        answers.ShouldAllBe(answer => answer.Kind == FailureKind.Transient && answer.Message == "GitHub did not answer within 1 s.");
        Errors.ShouldBeEmpty();
    }

    sealed class Silence : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("The wait ends with its cancellation.");
        }
    }
}
