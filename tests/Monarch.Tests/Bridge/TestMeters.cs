using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Monarch.Tests.Bridge;

/// <summary>Meters of one test, and their counts.</summary>
sealed class TestMeters : IMeterFactory
{
    readonly ConcurrentDictionary<string, long> _counts = [];
    readonly List<Meter> _meters = [];
    readonly MeterListener _listener = new();

    public TestMeters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_meters.Contains(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            (instrument, value, _, _) => _counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value)
        );
        _listener.Start();
    }

    public long Count(string instrument) => _counts.GetValueOrDefault(instrument);

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(x => x.Dispose());
    }
}
