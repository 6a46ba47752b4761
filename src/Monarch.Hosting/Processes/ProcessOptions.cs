using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Processes;

/// <summary>How a process shows that it works, and how long it may hang.</summary>
sealed class ProcessOptions
{
    /// <summary>Seconds between two heartbeats, and between two looks at what is shared; after three without a heartbeat a process counts as missed.</summary>
    [ConfigurationKeyName("MONARCH_HEARTBEAT"), Range(1, 60)]
    public double IntervalSeconds { get; set; } = 15;

    /// <summary>Seconds that the process may hang before it ends itself, to be restarted; 0 means that it never does.</summary>
    [ConfigurationKeyName("MONARCH_WATCHDOG"), Range(0, 3600)]
    public double LongestHangSeconds { get; set; } = 60;

    internal TimeSpan Interval => TimeSpan.FromSeconds(IntervalSeconds);

    internal TimeSpan LongestHang => TimeSpan.FromSeconds(LongestHangSeconds);

    /// <summary>How old the last heartbeat of a process with this interval may be.</summary>
    internal static TimeSpan MissedAfter(TimeSpan interval) => 3 * interval;
}
