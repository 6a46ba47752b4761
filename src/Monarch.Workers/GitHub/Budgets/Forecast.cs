namespace Monarch.Workers.GitHub.Budgets;

/// <summary>
/// When creations will be done: a copy of the account, run ahead. It has no rules of its own: they are those of <see cref="AccountBudget"/>.
/// The test Forecasting_creations compares it with a simulation.
/// </summary>
static class Forecast
{
    /// <summary>The times at which the first, the second … further creation is done, as many as are asked for.</summary>
    /// <param name="account">The copy; it is used up.</param>
    /// <param name="now">When it begins.</param>
    /// <param name="took">How long GitHub takes for a creation.</param>
    /// <param name="askers">How many ask at once; each sleeps for as long as it is promised to, as the sagas do.</param>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<DateTimeOffset> Of(AccountBudget account, DateTimeOffset now, TimeSpan took, int askers, int count)
    {
        var done = new List<DateTimeOffset>(count);
        var due = new PriorityQueue<(string Asker, BudgetGrant? Grant), DateTimeOffset>(
            Enumerable.Range(0, askers).Select(asker => (($"{asker}", (BudgetGrant?)null), now)));
        for (var asked = 0; done.Count < count; asked++)
        {
            due.TryDequeue(out var next, out now);
            if (next.Grant is not null)
            {
                account.End(next.Grant, new(BudgetEnd.Answered), now);
                done.Add(now);
            }

            switch (account.Ask(new("", BudgetKind.Create, next.Asker), $"{asked}", now))
            {
                case BudgetAnswer.Granted granted:
                    due.Enqueue((next.Asker, granted.Grant), now + took);
                    break;
                case BudgetAnswer.Wait wait:
                    due.Enqueue((next.Asker, null), now + wait.Time);
                    break;
            }
        }

        return done;
    }
}
