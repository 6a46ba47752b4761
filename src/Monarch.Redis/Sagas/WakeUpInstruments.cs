using System.Diagnostics.Metrics;

namespace Monarch.Redis.Sagas;

/// <summary>Measures the delay of wake-ups.</summary>
sealed class WakeUpInstruments(IMeterFactory meters)
{
    readonly Histogram<double> _lag = meters
        .Create("Monarch")
        .CreateHistogram<double>("monarch.wakeup.lag", "s", "Time from the due time of a wake-up until its message was sent.");

    /// <summary>Records a sent wake-up.</summary>
    /// <param name="name">The name of its type.</param>
    /// <param name="lag">Its delay; negative when the clocks differ.</param>
    public void Woken(string name, TimeSpan lag) =>
        _lag.Record(Math.Max(0, lag.TotalSeconds), new KeyValuePair<string, object?>("saga", name));
}
