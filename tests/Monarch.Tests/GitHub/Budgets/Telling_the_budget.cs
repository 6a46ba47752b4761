using Microsoft.Extensions.DependencyInjection;
using Monarch.Tests.Http;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Budgets;

/// <summary>What the client tells the budget of each answer. GitHub's clock is five minutes ahead of ours.</summary>
public sealed class Telling_the_budget
{
    static readonly DateTimeOffset TheirNow = FixedTime.Now.AddMinutes(5);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_know_what_is_left_of_the_hour_by_their_clock()
    {
        var seen = await AfterReadingAsync(200, "x-ratelimit-remaining: 17", $"x-ratelimit-reset: {TheirNow.AddMinutes(20).ToUnixTimeSeconds()}");
        (seen.Remaining, seen.ResetsAt, seen.ClosedUntil).ShouldBe((17, FixedTime.Now.AddMinutes(20), null));
    }

    [Theory]
    [InlineData("Retry-After: 120", BudgetReason.Refused, 120)]
    [InlineData("Retry-After: Tue, 01 Sep 2026 12:07:00 GMT", BudgetReason.Refused, 120)]
    [InlineData("X-Other: no time is named", BudgetReason.Refused, 60)]
    public async Task Should_close_for_as_long_as_GitHub_says_by_its_clock(string header, object reason, int seconds)
    {
        var seen = await AfterReadingAsync(429, header);
        (seen.Reason, seen.ClosedUntil).ShouldBe(((BudgetReason)reason, FixedTime.Now.AddSeconds(seconds)));
    }

    [Fact]
    public async Task Should_close_until_the_reset_by_their_clock_when_the_hour_is_used_up()
    {
        var seen = await AfterReadingAsync(403, "x-ratelimit-remaining: 0", $"x-ratelimit-reset: {TheirNow.AddMinutes(20).ToUnixTimeSeconds()}");
        (seen.Reason, seen.ClosedUntil).ShouldBe((BudgetReason.Requests, FixedTime.Now.AddMinutes(20)));
    }

    [Theory]
    [InlineData("was submitted too quickly", 5)]
    [InlineData("Validation failed, or the endpoint has been spammed.", 5)]
    [InlineData("Contribution to this repository has been temporarily limited", null)]
    [InlineData("Validation Failed", null)]
    public async Task Should_close_at_a_422_for_a_moment_where_it_is_about_the_pace(string message, int? seconds)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(422, $$"""{"message":"{{message}}"}"""));
        await Should.ThrowAsync<GitHubException>(() => github.Client.GetRepositoryAsync(1, Ct));

        var closed = (await github.Service<IBudget>().LookAsync(GitHubStub.Account.Key, Ct)).ClosedUntil;
        (closed - FixedTime.Now)?.TotalSeconds.ShouldBe(seconds!.Value);
        (closed is null).ShouldBe(seconds is null);
    }

    [Fact]
    public async Task Should_throw_a_refusal_with_the_time_at_which_the_budget_opens()
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
    public async Task Should_halve_the_window_where_GitHub_fails(int status, int window) =>
        (await AfterReadingAsync(status)).Window.ShouldBe(window);

    [Fact]
    public async Task Should_not_count_what_never_reached_GitHub()
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
            await x.AnswerAsync(status, "{}", [.. headers, $"Date: {TheirNow:R}"]);
        });
        await Record.ExceptionAsync(() => github.Client.GetRepositoryAsync(1, Ct));
        return await github.Service<IBudget>().LookAsync(GitHubStub.Account.Key, Ct);
    }
}
