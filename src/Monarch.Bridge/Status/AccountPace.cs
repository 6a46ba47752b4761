using Monarch.Bridge.Credentials;
using Monarch.Contracts.GitHub;

namespace Monarch.Bridge.Status;

/// <summary>How soon an account gets through its work, as its workers last told.</summary>
sealed class AccountPace(ReportedCredential report, DateTimeOffset now)
{
    readonly CreationForecast _forecast = report.Forecast!;

    /// <summary>When the last of a batch's issues will be there.</summary>
    /// <param name="own">How many issues each of the batch's repositories still lacks.</param>
    /// <param name="all">The same of all repositories that this account writes to, those of the batch among them.</param>
    public DateTimeOffset EndOf(IReadOnlyList<int> own, IReadOnlyList<int> all)
    {
        // Repositories take turns: by the end of the batch's longest, each other one has had as many turns, or is through.
        var longest = own.Max();
        var turns = all.Sum(remaining => Math.Min(remaining, longest));
        var atOnce = Math.Max(1, Math.Min(all.Count, report.View.Budget?.RequestsAtOnce ?? all.Count));
        var slowest = Math.Max(longest, turns / (double)atOnce);
        // An account that was idle has lost nothing since it was told of, unless it was waiting for the hour to pass.
        var began = report.View.Budget is { UsedThisMinute: 0, ClosedUntil: null } budget && !(budget.UsedThisHour >= budget.HourlyPace) ? now : report.View.ReportedAt;
        var (limited, unlimited) = (began + In(Done() + turns), now + TimeSpan.FromMilliseconds(slowest * _forecast.MillisecondsEach));
        return limited > unlimited ? limited : unlimited;
    }

    /// <summary>How long so many issues of one repository take at least.</summary>
    public TimeSpan AtLeast(int issues) => TimeSpan.FromMilliseconds((double)issues * _forecast.MillisecondsEach);

    /// <summary>How many creations of the forecast are done by now, if the account was in use.</summary>
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
