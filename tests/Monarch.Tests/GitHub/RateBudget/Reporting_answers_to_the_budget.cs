using Microsoft.Extensions.DependencyInjection;
using Monarch.Tests.Http;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.RateBudget;

/// <summary>The client reports each answer to the budget. GitHub's clock is five minutes ahead of ours.</summary>
public sealed class Reporting_answers_to_the_budget
{
    static readonly DateTimeOffset GitHubNow = FixedTime.Now.AddMinutes(5);

    static readonly string Reset = $"x-ratelimit-reset: {GitHubNow.AddMinutes(20).ToUnixTimeSeconds()}";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_report_the_remaining_requests_by_GitHub_s_clock()
    {
        var seen = await AfterReadingAsync(200, "x-ratelimit-remaining: 17", Reset);
        (seen.Remaining, seen.ResetsAt, seen.ClosedUntil).ShouldBe((17, FixedTime.Now.AddMinutes(20), null));
    }

    [Theory]
    [InlineData("Retry-After: 120", BudgetReason.Refused, 120)]
    [InlineData("Retry-After: Tue, 01 Sep 2026 12:07:00 GMT", BudgetReason.Refused, 120)]
    [InlineData("X-Other: no time is named", BudgetReason.Refused, 60)]
    public async Task Should_close_for_the_named_time_by_GitHub_s_clock(string header, object reason, int seconds)
    {
        var seen = await AfterReadingAsync(429, header);
        (seen.Reason, seen.ClosedUntil).ShouldBe(((BudgetReason)reason, FixedTime.Now.AddSeconds(seconds)));
    }

    [Fact]
    public async Task Should_close_until_the_reset_by_GitHub_s_clock_when_no_requests_remain()
    {
        var seen = await AfterReadingAsync(403, "x-ratelimit-remaining: 0", Reset);
        (seen.Reason, seen.ClosedUntil).ShouldBe((BudgetReason.Requests, FixedTime.Now.AddMinutes(20)));
    }

    [Theory]
    [InlineData("was submitted too quickly", 5)]
    [InlineData("Validation failed, or the endpoint has been spammed.", 5)]
    [InlineData("Contribution to this repository has been temporarily limited", null)]
    [InlineData("Validation Failed", null)]
    public async Task Should_close_briefly_after_a_422_about_the_pace(string message, int? seconds)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(422, $$"""{"message":"{{message}}"}"""));
        await Should.ThrowAsync<GitHubException>(() => github.Client.GetRepositoryAsync(1, Ct));

        var closed = (await github.Service<IBudget>().LookAsync(GitHubStub.Account.Key, Ct)).ClosedUntil;
        (closed - FixedTime.Now)?.TotalSeconds.ShouldBe(seconds!.Value);
        (closed is null).ShouldBe(seconds is null);
    }

    [Fact]
    public async Task Should_throw_the_time_at_which_the_budget_opens()
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(429, "{}"));
        var refusal = await Should.ThrowAsync<GitHubException>(() => github.Client.GetRepositoryAsync(1, Ct));
        refusal.Failure.RetryAt.ShouldBe(FixedTime.Now.AddMinutes(1));
    }

    [Theory]
    [InlineData(500, 10)]
    [InlineData(503, 10)]
    [InlineData(404, 20)]
    [InlineData(200, 20)]
    public async Task Should_halve_the_window_when_GitHub_fails(int status, int window) =>
        (await AfterReadingAsync(status)).Window.ShouldBe(window);

    [Fact]
    public async Task Should_not_count_a_request_that_never_reached_GitHub()
    {
        var services = GitHubStub.Services("http://127.0.0.1:9/");
        await using (services)
        {
            await Should.ThrowAsync<GitHubException>(() => GitHubStub.Of(services).GetRepositoryAsync(1, Ct));
            var seen = await services.GetRequiredService<IBudget>().LookAsync(GitHubStub.Account.Key, Ct);
            (seen.UnderWay, seen.Window).ShouldBe((0, 10));
        }
    }

    static async Task<BudgetSnapshot> AfterReadingAsync(int status, params string[] headers)
    {
        await using var github = await GitHubStub.StartAsync(async x =>
        {
            await x.AnswerAsync(status, "{}", [.. headers, $"Date: {GitHubNow:R}"]);
        });
        await Record.ExceptionAsync(() => github.Client.GetRepositoryAsync(1, Ct));
        return await github.Service<IBudget>().LookAsync(GitHubStub.Account.Key, Ct);
    }
}
