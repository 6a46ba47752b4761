using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Monarch.Contracts;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.RateBudget;

public sealed class Waiting_for_the_budget
{
    const string Account = "user:1";

    static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(60);

    readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BudgetKind.Create)]
    [InlineData(BudgetKind.Write)]
    public async Task Should_wait_in_place_when_the_wait_is_short(object kind)
    {
        var budget = Budget(new() { WriteGap = Gap });
        var first = await budget.EnterAsync(Account, (BudgetKind)kind, "1", Ct);
        var second = await budget.EnterAsync(Account, (BudgetKind)kind, "2", Ct);
        (second.Grant.GrantedAt - first.Grant.GrantedAt).ShouldBeGreaterThanOrEqualTo(Gap);
    }

    [Fact]
    public async Task Should_not_wait_longer_than_the_caller_allows_and_keep_its_place()
    {
        var budget = Budget(new() { WriteGap = TimeSpan.FromSeconds(4) });
        await budget.EnterAsync(Account, BudgetKind.Create, "1", Ct);
        (await budget.TryEnterAsync(Account, BudgetKind.Create, "2", TimeSpan.Zero, Ct)).ShouldBeNull();
        (await budget.LookAsync(Account, Ct)).Reserved.ShouldBe(1);
    }

    [Fact]
    public async Task Should_throw_a_long_wait_with_its_time_and_reason()
    {
        var budget = Budget(new() { CreatesPerHour = 1 });
        var before = TimeProvider.System.GetUtcNow();
        await budget.LeaveAsync(await budget.EnterAsync(Account, BudgetKind.Create, "1", Ct), new(BudgetEnd.Answered));

        var failure = await NotYetAsync(budget);
        (failure.Kind, failure.Message, failure.Status).ShouldBe((FailureKind.Throttled, "GitHub's hourly limit", null));
        failure.RetryAt!.Value.ShouldBeInRange(before.AddHours(1), TimeProvider.System.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task Should_throw_the_status_with_which_GitHub_refused()
    {
        var budget = Budget(new());
        var closed = await budget.LeaveAsync(
            await budget.EnterAsync(Account, BudgetKind.Read, null, Ct),
            new(BudgetEnd.Refused) { Status = 429, Wait = TimeSpan.FromMinutes(7) }
        );
        closed.ShouldBeGreaterThan(TimeSpan.FromMinutes(6));

        var failure = await NotYetAsync(budget);
        (failure.Message, failure.Status).ShouldBe((BudgetReason.Refused.Words(), 429));
    }

    [Fact]
    public async Task Should_end_the_wait_when_the_host_stops()
    {
        var budget = Budget(new() { WriteGap = TimeSpan.FromSeconds(4) });
        await budget.EnterAsync(Account, BudgetKind.Create, "1", Ct);
        var waiting = NotYetAsync(budget);
        waiting.IsCompleted.ShouldBeFalse();

        _lifetime.StopApplication();
        (await waiting).RetryAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_end_the_wait_when_it_is_cancelled()
    {
        using var caller = new CancellationTokenSource();
        var budget = Budget(new() { WriteGap = TimeSpan.FromSeconds(4) });
        await budget.EnterAsync(Account, BudgetKind.Create, "1", Ct);
        var waiting = budget.EnterAsync(Account, BudgetKind.Create, "2", caller.Token);
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    static async Task<Failure> NotYetAsync(RequestBudget budget)
    {
        var refusal = await Should.ThrowAsync<GitHubException>(() => budget.EnterAsync(Account, BudgetKind.Create, "2", Ct));
        refusal.MayHaveHappened.ShouldBeFalse();
        return refusal.Failure;
    }

    RequestBudget Budget(BudgetRules rules) =>
        new(new InMemoryBudget(rules, TimeProvider.System), TimeProvider.System, NullLogger<RequestBudget>.Instance, _lifetime);
}
