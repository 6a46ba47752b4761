using System.Globalization;
using Monarch.Bridge.Status;
using Monarch.Contracts.DryRuns;
using Monarch.Contracts.GitHub;

namespace Monarch.Bridge.DryRuns;

/// <summary>Estimates how long a migration would take, from the budgets of its accounts as they are now.</summary>
sealed class DryRunDurations(ExpectedEnds ends, TimeProvider time)
{
    public async Task<DryRunDuration> OfAsync(IReadOnlyList<TargetPlan> plans, CancellationToken cancellationToken)
    {
        var busy = plans.Where(plan => Creations(plan) + plan.Writes > 0).GroupBy(plan => plan.Account).ToList();
        if (busy.Count == 0)
        {
            return new(0, "Nothing would be created or changed.");
        }

        var (accounts, running) = await ends.PacesAsync(cancellationToken);
        var now = time.GetUtcNow();
        (TimeSpan Time, string Basis)? slowest = null;
        foreach (var account in busy)
        {
            if (!accounts.TryGetValue(account.Key, out var pace))
            {
                return new(null, "No worker has reported the limits of the account yet. Ask again in a minute.");
            }

            var own = account.Select(Creations).Where(count => count > 0).ToList();
            var others = running.GetValueOrDefault(account.Key, []);
            var creating = own.Count == 0 ? TimeSpan.Zero : pace.EndOf(own, [.. own, .. others]) - now;
            // Between two requests that create or change something the account keeps a distance.
            var writing = account.Aggregate(TimeSpan.Zero, (sum, plan) => sum + (plan.WriteGap * (Creations(plan) + plan.Writes)));
            var longer = creating > writing ? creating : writing;
            if (slowest is null || longer > slowest.Value.Time)
            {
                slowest = (longer, Basis(pace.Budget, others.Sum()));
            }
        }

        return new(Math.Round(slowest!.Value.Time.TotalSeconds, 1), slowest.Value.Basis);
    }

    // The limits count comments like issues.
    static int Creations(TargetPlan plan) => plan.Create + plan.Comments;

    static string Basis(BudgetReport? budget, int others)
    {
        var limits = budget switch
        {
            { Pace: { } minute, HourlyPace: { } hour } => string.Create(
                CultureInfo.InvariantCulture,
                $"The account may create {minute} issues a minute now and {hour} an hour; {budget.UsedThisHour} count in the last hour."
            ),
            { Pace: { } minute } => string.Create(CultureInfo.InvariantCulture, $"The account may create {minute} issues a minute now."),
            { HourlyPace: { } hour } => string.Create(
                CultureInfo.InvariantCulture,
                $"The account may create {hour} issues an hour now; {budget.UsedThisHour} count in the last hour."
            ),
            _ => "The account has no limit of its own.",
        };
        var closed = budget?.ClosedUntil is { } until
            ? string.Create(CultureInfo.InvariantCulture, $" GitHub lets it wait until {until:yyyy-MM-dd HH:mm:ss} UTC.")
            : "";
        return others > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{limits}{closed} Running migrations have {others} issues left.")
            : limits + closed;
    }
}
