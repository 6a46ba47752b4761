using System.Diagnostics.Metrics;

namespace Monarch.Bridge;

/// <summary>What the Bridge counts.</summary>
sealed class BridgeInstruments
{
    readonly Meter _meter;

    public BridgeInstruments(IMeterFactory meters)
    {
        _meter = meters.Create("Monarch");
        RequestsAccepted = _meter.CreateCounter<long>("monarch.requests.accepted", "{request}", "Requests that were written to the intake, repetitions among them.");
        RequestsRejected = _meter.CreateCounter<long>("monarch.requests.rejected", "{request}", "Requests that were refused as a whole.");
    }

    public Counter<long> RequestsAccepted { get; }

    public Counter<long> RequestsRejected { get; }
}
