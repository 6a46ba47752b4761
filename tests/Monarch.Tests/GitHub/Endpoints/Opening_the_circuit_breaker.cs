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
    public async Task Should_spare_a_GitHub_that_is_down_while_every_saga_gets_its_answer()
    {
        await StartAsync(("GITHUB_BREAKER_RESET", "3600"));
        await OpenAsync();
        var asked = GitHub.Requests().Total;
        asked.ShouldBeLessThan(60, "the breaker opened before the end");

        // GitHub is up again, but nobody knows until the reset.
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
    public async Task Should_end_after_the_reset_when_GitHub_is_up_again()
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
            "targets are resolved again");
        Errors.ShouldBeEmpty();
        Skipped.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_not_happen_on_the_other_endpoints()
    {
        await StartAsync(("GITHUB_BREAKER_RESET", "3600"));
        await OpenAsync();
        GitHub.Faults = new();
        await SendAsync([ReadSource(), Prepare()]);
        await AnswerAsync<SourceIssuesRead>();
        await AnswerAsync<TargetPrepared>();
    }

    [Fact]
    public async Task Should_not_happen_for_failures_that_say_nothing_of_GitHub_s_health()
    {
        await StartAsync(("GITHUB_BREAKER_RESET", "3600"));
        GitHub.Script(new() { Status = 404, Count = 60 });
        await SendAsync(Enumerable.Range(0, 60).Select(_ => Resolve()));
        await AnswersAsync<TargetDeferred>(60);
        await SendAsync(Resolve());
        await AnswerAsync<TargetResolved>();
    }

    // Sixty commands at a GitHub that is down, every one of them answered.
    async Task OpenAsync()
    {
        GitHub.Faults = new() { Outage = true };
        await SendAsync(Enumerable.Range(0, 60).Select(_ => Resolve()));
        await AnswersAsync<TargetDeferred>(60);
    }

    new Task StartAsync(params (string Key, string Value)[] settings) => base.StartAsync(
        [("GITHUB_RETRIES", "0"), ("GITHUB_BREAKER_ACTIVE", "5"), ("GITHUB_BREAKER_TRIP", "50"), ("WORKER_CONCURRENCY", "4"), .. settings]);
}
