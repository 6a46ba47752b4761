using System.Diagnostics.Metrics;

namespace Monarch.Hosting;

/// <summary>A gauge that shows what was read last; no series while that is not known.</summary>
public sealed class SharedGauge<T>
    where T : struct
{
    volatile IReadOnlyList<Measurement<T>> _values = [];

    /// <summary>Creates the gauge.</summary>
    /// <param name="meter">Its meter.</param>
    /// <param name="name">Its name.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="description">What it shows.</param>
    public SharedGauge(Meter meter, string name, string unit, string description)
    {
        ArgumentNullException.ThrowIfNull(meter);
        meter.CreateObservableGauge(name, () => _values, unit, description);
    }

    /// <summary>Shows these values from now on.</summary>
    public void Set(IEnumerable<Measurement<T>> values) => _values = [.. values];

    /// <summary>Shows nothing from now on.</summary>
    public void Clear() => _values = [];

    /// <summary>Shows one value from now on; none when it is null.</summary>
    public void Set(T? value) => _values = value is { } known ? [new(known)] : [];
}
