using Microsoft.Extensions.Time.Testing;
using Monarch.Workers.GitHub.RateBudget;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.RateBudget;

/// <summary>Short calls to a budget in memory. A minute lasts one second, an hour three.</summary>
public abstract class BudgetTest
{
    /// <summary>Tolerance of a wait.</summary>
    protected static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(100);

    /// <summary>No limit at all.</summary>
    private protected static readonly BudgetRules Free = new() { Minute = Minute, Hour = Hour };

    readonly string _account = $"account-{Guid.NewGuid():N}";

    readonly FakeTimeProvider _time = FakeTime.New();

    InMemoryBudget? _budget;

    protected static TimeSpan Minute => TimeSpan.FromSeconds(1);

    protected static TimeSpan Hour => TimeSpan.FromSeconds(3);

    protected static TimeSpan Little => TimeSpan.FromMilliseconds(20);

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected void Given(BudgetRules rules) => _budget = new(rules, _time);

    protected void Pass(TimeSpan time) => _time.Advance(time);

    /// <summary>Sets the clock forward or back.</summary>
    protected void Jump(TimeSpan time) => _time.Shift(time.TotalSeconds);

    private protected Task<BudgetAnswer> AskAsync(string reservation) =>
        _budget!.AskAsync(new(_account, BudgetKind.Create, reservation), Ct);

    private protected Task<BudgetAnswer> AskToWriteAsync(string reservation) =>
        _budget!.AskAsync(new(_account, BudgetKind.Write, reservation), Ct);

    private protected Task<BudgetAnswer> AskToReadAsync() => _budget!.AskAsync(new(_account, BudgetKind.Read), Ct);

    private protected async Task<BudgetGrant> GrantedAsync(string reservation = "any") => Granted(await AskAsync(reservation));

    private protected async Task<BudgetGrant> GrantedWriteAsync(string reservation = "any") => Granted(await AskToWriteAsync(reservation));

    private protected async Task<BudgetGrant> GrantedReadAsync() => Granted(await AskToReadAsync());

    private protected async Task<BudgetAnswer.Wait> WaitAsync(string reservation = "any") =>
        (await AskAsync(reservation)).ShouldBeOfType<BudgetAnswer.Wait>();

    private protected async Task<BudgetAnswer.Wait> WaitToWriteAsync(string reservation = "any") =>
        (await AskToWriteAsync(reservation)).ShouldBeOfType<BudgetAnswer.Wait>();

    private protected async Task<BudgetAnswer.Wait> WaitToReadAsync() => (await AskToReadAsync()).ShouldBeOfType<BudgetAnswer.Wait>();

    private protected Task<TimeSpan> EndAsync(BudgetGrant grant, BudgetEnd end = BudgetEnd.Answered) =>
        _budget!.EndAsync(grant, new(end), Ct);

    private protected Task<TimeSpan> EndAsync(BudgetGrant grant, BudgetOutcome outcome) => _budget!.EndAsync(grant, outcome, Ct);

    /// <summary>GitHub refuses the request, with or without a named wait.</summary>
    private protected Task<TimeSpan> RefusedAsync(BudgetGrant grant, TimeSpan? wait) =>
        EndAsync(grant, new BudgetOutcome(BudgetEnd.Refused) { Wait = wait, Status = 403 });

    /// <summary>Creates issues one after the other; each succeeds.</summary>
    protected async Task CreateAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await EndAsync(await GrantedAsync($"{Guid.NewGuid()}"));
        }
    }

    private protected Task<BudgetSnapshot> LookAsync() => _budget!.LookAsync(_account, Ct);

    private protected static BudgetGrant Granted(BudgetAnswer answer) => answer.ShouldBeOfType<BudgetAnswer.Granted>($"{answer}").Grant;

    /// <summary>As long as expected, or a little shorter.</summary>
    protected static void ShouldBeAbout(TimeSpan wait, TimeSpan expected) => wait.ShouldBeInRange(expected - Slack, expected);
}
