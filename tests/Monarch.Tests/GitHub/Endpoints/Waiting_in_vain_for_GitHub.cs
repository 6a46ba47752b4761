using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Client;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Endpoints;

/// <summary>
/// A time-out before or without an answer, as HTTP/2 has it: at its root is a cancellation and no broken socket. It passes, as every other
/// failure of the network.
/// </summary>
public sealed class Waiting_in_vain_for_GitHub : EndpointTest
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
            throw new InvalidOperationException("It waits until it is cancelled.");
        }
    }
}
