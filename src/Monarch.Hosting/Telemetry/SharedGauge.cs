using System.Diagnostics.Metrics;

namespace Monarch.Hosting.Telemetry;

/// <summary>A gauge of the last reading; without series while the value is unknown.</summary>
public sealed class SharedGauge<T>
    where T : struct
{
    volatile IReadOnlyList<Measurement<T>> _values = [];

    /// <summary>Creates the gauge.</summary>
    /// <param name="meter">Its meter.</param>
    /// <param name="name">Its name.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="description">Its description.</param>
    public SharedGauge(Meter meter, string name, string unit, string description)
    {
        ArgumentNullException.ThrowIfNull(meter);
        meter.CreateObservableGauge(name, () => _values, unit, description);
    }

    /// <summary>Sets the values.</summary>
    public void Set(IEnumerable<Measurement<T>> values) => _values = [.. values];

    /// <summary>Removes all values.</summary>
    public void Clear() => _values = [];

    /// <summary>Sets one value; null removes it.</summary>
    public void Set(T? value) => _values = value is { } known ? [new(known)] : [];
}
