using System.Diagnostics.Metrics;

namespace Monarch.Bridge.Telemetry;

/// <summary>The metrics of the Bridge.</summary>
sealed class BridgeInstruments
{
    readonly TimeProvider _time;
    readonly Counter<long> _accepted,
        _rejected,
        _malformed;

    // 0: no request yet.
    long _lastAt;

    public BridgeInstruments(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create("Monarch");
        _accepted = meter.CreateCounter<long>(
            "monarch.requests.accepted",
            "{request}",
            "Requests that were written to the intake, repetitions among them."
        );
        _rejected = meter.CreateCounter<long>("monarch.requests.rejected", "{request}", "Requests that were refused as a whole.");
        _malformed = meter.CreateCounter<long>(
            "monarch.traceparent.malformed",
            "{request}",
            "Requests whose traceparent was ignored because it is malformed."
        );
        meter.CreateObservableGauge("monarch.requests.last", Last, "s", "Unix time of the latest request that this process has received.");
        _accepted.Add(0);
        _rejected.Add(0);
        _malformed.Add(0);
    }

    public void Accepted() => Received(_accepted);

    public void Rejected() => Received(_rejected);

    public void TraceParentMalformed() => _malformed.Add(1);

    void Received(Counter<long> counter)
    {
        Interlocked.Exchange(ref _lastAt, _time.GetUtcNow().ToUnixTimeSeconds());
        counter.Add(1);
    }

    IEnumerable<Measurement<long>> Last() => Interlocked.Read(ref _lastAt) is not 0 and var at ? [new(at)] : [];
}
