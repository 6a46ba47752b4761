using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Endpoints;

/// <summary>MassTransit's circuit breaker.</summary>
public sealed class Opening_the_circuit_breaker : EndpointTest
{
    [Fact]
    public async Task Should_stop_requests_during_an_outage_and_answer_every_saga()
    {
        await StartAsync(("GITHUB_BREAKER_RESET", "3600"));
        await OpenAsync();
        var asked = GitHub.Requests().Total;
        asked.ShouldBeLessThan(60, "the breaker opened before the end");

        // GitHub has recovered, which is unknown until the reset.
        GitHub.Faults = new();
        await SendAsync(Enumerable.Range(0, 20).Select(_ => Resolve()));
        var answers = await AnswersAsync<TargetDeferred>(80);
        answers.ShouldAllBe(answer => answer.Failure.Kind == FailureKind.Transient);
        GitHub.Requests().Total.ShouldBe(asked);
        Errors.ShouldBeEmpty();
        Skipped.ShouldBeEmpty();
        Published<Fault>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_close_after_the_reset_when_GitHub_has_recovered()
    {
        await StartAsync(("GITHUB_BREAKER_RESET", "0.1"));
        await OpenAsync();
        GitHub.Faults = new();
        await Until.TrueAsync(
            async () =>
            {
                await SendAsync(Resolve());
                return Published<TargetResolved>().Count >= 20;
            },
            "targets are resolved again"
        );
        Errors.ShouldBeEmpty();
        Skipped.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_not_affect_the_other_endpoints()
    {
        await StartAsync(("GITHUB_BREAKER_RESET", "3600"));
        await OpenAsync();
        GitHub.Faults = new();
        await SendAsync([ReadSource(), Prepare()]);
        await AnswerAsync<SourceIssuesRead>();
        await AnswerAsync<TargetPrepared>();
    }

    [Fact]
    public async Task Should_ignore_failures_unrelated_to_GitHubs_health()
    {
        await StartAsync(("GITHUB_BREAKER_RESET", "3600"));
        GitHub.Script(new() { Status = 404, Count = 60 });
        await SendAsync(Enumerable.Range(0, 60).Select(_ => Resolve()));
        await AnswersAsync<TargetDeferred>(60);
        await SendAsync(Resolve());
        await AnswerAsync<TargetResolved>();
    }

    // Sixty commands during an outage of GitHub, each answered.
    async Task OpenAsync()
    {
        GitHub.Faults = new() { Outage = true };
        await SendAsync(Enumerable.Range(0, 60).Select(_ => Resolve()));
        await AnswersAsync<TargetDeferred>(60);
    }

    new Task StartAsync(params (string Key, string Value)[] settings) =>
        base.StartAsync([
            ("GITHUB_RETRIES", "0"),
            ("GITHUB_BREAKER_ACTIVE", "5"),
            ("GITHUB_BREAKER_TRIP", "50"),
            ("WORKER_CONCURRENCY", "4"),
            .. settings,
        ]);
}
