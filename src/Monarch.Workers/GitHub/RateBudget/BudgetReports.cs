using Monarch.Contracts.GitHub;

namespace Monarch.Workers.GitHub.RateBudget;

static class BudgetReports
{
    // After this number the pace no longer rises.
    const int UntilSteady = 500;

    const int LongestPeriod = 5000;

    const int Callers = 20;

    /// <summary>The reported state of an account.</summary>
    public static BudgetReport Report(this BudgetSnapshot snapshot, BudgetRules rules) =>
        new()
        {
            CreatesPerMinute = rules.CreatesPerMinute > 0 ? rules.CreatesPerMinute : null,
            CreatesPerHour = rules.CreatesPerHour > 0 ? rules.CreatesPerHour : null,
            Pace = snapshot.MinuteLimit,
            HourlyPace = snapshot.HourLimit,
            UsedThisMinute = snapshot.UsedThisMinute,
            UsedThisHour = snapshot.UsedThisHour,
            RequestsAtOnce = snapshot.Window,
            RequestsLeft = snapshot.Remaining,
            ClosedUntil = snapshot.ClosedUntil,
            ClosedBecause = snapshot.ClosedUntil is null ? null : snapshot.Reason.Words(),
        };

    /// <summary>When further issues can be created.</summary>
    public static CreationForecast Forecast(this BudgetSnapshot snapshot, BudgetRules rules)
    {
        var minuteLimit = rules.CreatesPerMinute > 0 ? snapshot.MinuteCeiling ?? rules.CreatesPerMinute : (int?)null;
        var period = Math.Min(snapshot.HourLimit ?? minuteLimit ?? UntilSteady - 1, LongestPeriod);
        var callers = Math.Max(snapshot.Window ?? Callers, snapshot.Reserved + snapshot.UnderWay);
        var done = RateBudget.Forecast.Of(new(rules, snapshot), snapshot.Now, snapshot.Took, callers, period + UntilSteady);
        return new()
        {
            Milliseconds = [.. done.Select(at => (int)(at - snapshot.Now).TotalMilliseconds)],
            Period = period,
            MillisecondsEach = (int)snapshot.Took.TotalMilliseconds,
        };
    }
}
