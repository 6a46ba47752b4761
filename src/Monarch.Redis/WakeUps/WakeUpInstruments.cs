using System.Diagnostics.Metrics;

namespace Monarch.Redis;

/// <summary>How late sagas are woken.</summary>
sealed class WakeUpInstruments(IMeterFactory meters)
{
    readonly Histogram<double> _lag = meters.Create("Monarch").CreateHistogram<double>(
        "monarch.wakeup.lag", "s", "Time from the moment at which a saga wanted to be woken until the message that wakes it was sent.");

    /// <summary>A wake-up was sent.</summary>
    /// <param name="name">The name of its kind.</param>
    /// <param name="lag">How late it was; below zero where the clocks differ.</param>
    public void Woken(string name, TimeSpan lag) => _lag.Record(Math.Max(0, lag.TotalSeconds), new KeyValuePair<string, object?>("saga", name));
}
