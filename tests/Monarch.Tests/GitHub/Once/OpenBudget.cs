using Monarch.Workers.GitHub.RateBudget;

namespace Monarch.Tests.GitHub.Once;

/// <summary>Grants every request: waiting for the budget has no effect on the result.</summary>
sealed class OpenBudget : IBudget
{
    public Task<BudgetAnswer> AskAsync(BudgetRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<BudgetAnswer>(new BudgetAnswer.Granted(new(request.Account, request.Kind, "", DateTimeOffset.UnixEpoch, 0, 0)));

    public Task<TimeSpan> EndAsync(BudgetGrant grant, BudgetOutcome outcome, CancellationToken cancellationToken) =>
        Task.FromResult(TimeSpan.Zero);

    public Task<BudgetSnapshot> LookAsync(string account, CancellationToken cancellationToken) => throw new NotSupportedException();
}
