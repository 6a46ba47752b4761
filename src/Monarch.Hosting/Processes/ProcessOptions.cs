using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Processes;

/// <summary>The heartbeat and the watchdog of a process.</summary>
sealed class ProcessOptions
{
    /// <summary>
    /// Seconds between two heartbeats, and between two readings of shared figures; after three missing heartbeats a process counts as
    /// missed.
    /// </summary>
    [ConfigurationKeyName("MONARCH_HEARTBEAT"), Range(1, 60)]
    public double IntervalSeconds { get; set; } = 15;

    /// <summary>Seconds that the process may hang before it exits, to be restarted; 0 disables the watchdog.</summary>
    [ConfigurationKeyName("MONARCH_WATCHDOG"), Range(0, 3600)]
    public double LongestHangSeconds { get; set; } = 60;

    internal TimeSpan Interval => TimeSpan.FromSeconds(IntervalSeconds);

    internal TimeSpan LongestHang => TimeSpan.FromSeconds(LongestHangSeconds);

    /// <summary>The age of the last heartbeat above which a process with this interval counts as missed.</summary>
    internal static TimeSpan MissedAfter(TimeSpan interval) => 3 * interval;
}
