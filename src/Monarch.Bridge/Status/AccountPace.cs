using Monarch.Contracts.GitHub;

namespace Monarch.Bridge.Status;

/// <summary>Estimates when an account completes its pending work, from its latest report.</summary>
sealed class AccountPace(ReportedCredential report, DateTimeOffset now)
{
    readonly CreationForecast _forecast = report.Forecast!;

    /// <summary>The limits of the account; null when unknown.</summary>
    public BudgetReport? Budget => report.View.Budget;

    /// <summary>When the last of a migration's issues will be created.</summary>
    /// <param name="own">The pending issues of each of the migration's repositories.</param>
    /// <param name="all">The same of all repositories that this account writes to, including those of the migration.</param>
    public DateTimeOffset EndOf(IReadOnlyList<int> own, IReadOnlyList<int> all)
    {
        // Repositories take turns: when the migration's longest ends, each other one has had as many turns, or has ended.
        var longest = own.Max();
        var turns = all.Sum(remaining => Math.Min(remaining, longest));
        var atOnce = Math.Max(1, Math.Min(all.Count, report.View.Budget?.RequestsAtOnce ?? all.Count));
        var slowest = Math.Max(longest, turns / (double)atOnce);
        // An account that was idle has the full forecast from now on, unless it was waiting for the next hour.
        var began =
            report.View.Budget is { UsedThisMinute: 0, ClosedUntil: null } budget && !(budget.UsedThisHour >= budget.HourlyPace)
                ? now
                : report.View.ReportedAt;
        var (limited, unlimited) = (began + In(Done() + turns), now + TimeSpan.FromMilliseconds(slowest * _forecast.MillisecondsEach));
        return limited > unlimited ? limited : unlimited;
    }

    /// <summary>The minimum duration of a number of issues of one repository.</summary>
    public TimeSpan AtLeast(int issues) => TimeSpan.FromMilliseconds((double)issues * _forecast.MillisecondsEach);

    /// <summary>How many creations of the forecast are complete now, if the account was in use.</summary>
    int Done()
    {
        var since = (now - report.View.ReportedAt).TotalMilliseconds;
        return report.View.Budget is { UsedThisMinute: > 0 } ? _forecast.Milliseconds.TakeWhile(at => at <= since).Count() : 0;
    }

    TimeSpan In(int creations)
    {
        var (known, period) = (_forecast.Milliseconds, _forecast.Period);
        var times = creations <= known.Count ? 0 : ((creations - known.Count - 1) / period) + 1;
        double each = times == 0 ? 0 : known[^1] - known[^(period + 1)];
        return TimeSpan.FromMilliseconds(known[creations - (times * period) - 1] + (times * each));
    }
}
