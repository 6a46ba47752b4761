namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>
/// When creations will be done: a copy of the account, run ahead. It has no rules of its own: they are those of <see
/// cref="AccountBudget"/>.
/// The test Forecasting_creations compares it with a simulation.
/// </summary>
static class Forecast
{
    /// <summary>The times at which the next <paramref name="count"/> creations end, in order.</summary>
    /// <param name="account">The copy, which is modified.</param>
    /// <param name="now">The start.</param>
    /// <param name="took">The duration of a creation on GitHub.</param>
    /// <param name="callers">The number of concurrent callers; each waits for the returned time, as the sagas do.</param>
    /// <param name="count">The number of creations.</param>
    public static IReadOnlyList<DateTimeOffset> Of(AccountBudget account, DateTimeOffset now, TimeSpan took, int callers, int count)
    {
        var done = new List<DateTimeOffset>(count);
        var due = new PriorityQueue<(string Caller, BudgetGrant? Grant), DateTimeOffset>(
            Enumerable.Range(0, callers).Select(caller => (($"{caller}", (BudgetGrant?)null), now))
        );
        for (var asked = 0; done.Count < count; asked++)
        {
            due.TryDequeue(out var next, out now);
            if (next.Grant is not null)
            {
                account.End(next.Grant, new(BudgetEnd.Answered), now);
                done.Add(now);
            }

            switch (account.Ask(new("", BudgetKind.Create, next.Caller), $"{asked}", now))
            {
                case BudgetAnswer.Granted granted:
                    due.Enqueue((next.Caller, granted.Grant), now + took);
                    break;
                case BudgetAnswer.Wait wait:
                    due.Enqueue((next.Caller, null), now + wait.Time);
                    break;
            }
        }

        return done;
    }
}
