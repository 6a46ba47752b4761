using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>
/// The limits of one GitHub account for all replicas together. 0 disables a limit, as for an Enterprise Server without limits.
/// </summary>
sealed class BudgetOptions
{
    /// <summary>Maximum issues created in any minute.</summary>
    [ConfigurationKeyName("GITHUB_CREATES_PER_MINUTE"), Range(0, 100000)]
    public int CreatesPerMinute { get; set; } = 80;

    /// <summary>Maximum issues created in any hour.</summary>
    [ConfigurationKeyName("GITHUB_CREATES_PER_HOUR"), Range(0, 100000)]
    public int CreatesPerHour { get; set; } = 500;

    /// <summary>Initial issues a minute of an unknown account.</summary>
    [ConfigurationKeyName("GITHUB_START_PER_MINUTE"), Range(0, 100000)]
    public int StartPerMinute { get; set; } = 20;

    /// <summary>Seconds between two creations or other writes.</summary>
    [ConfigurationKeyName("GITHUB_WRITE_GAP"), Range(0, 3600)]
    public double WriteGapSeconds { get; set; } = 1;

    /// <summary>Maximum concurrent requests.</summary>
    [ConfigurationKeyName("GITHUB_CONCURRENCY"), Range(0, 1000)]
    public int Concurrency { get; set; } = 20;

    /// <summary>Maximum points in any minute: a read costs 1, a creation or another write 5.</summary>
    [ConfigurationKeyName("GITHUB_POINTS_PER_MINUTE"), Range(0, 1000000)]
    public int PointsPerMinute { get; set; } = 900;

    /// <summary>Seconds of a minute; fewer compress time, for tests with a GitHub that does the same.</summary>
    [ConfigurationKeyName("GITHUB_MINUTE"), Range(0.05, 60)]
    public double MinuteSeconds { get; set; } = 60;

    /// <summary>Seconds of an hour, likewise.</summary>
    [ConfigurationKeyName("GITHUB_HOUR"), Range(0.05, 3600)]
    public double HourSeconds { get; set; } = 3600;

    internal BudgetRules Rules(TimeSpan lease) =>
        new()
        {
            Minute = TimeSpan.FromSeconds(MinuteSeconds),
            Hour = TimeSpan.FromSeconds(HourSeconds),
            CreatesPerMinute = CreatesPerMinute,
            CreatesPerHour = CreatesPerHour,
            StartPerMinute = StartPerMinute,
            WriteGap = TimeSpan.FromSeconds(WriteGapSeconds),
            Concurrency = Concurrency,
            PointsPerMinute = PointsPerMinute,
            Lease = lease,
        };
}
