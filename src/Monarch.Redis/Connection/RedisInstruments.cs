using System.Diagnostics.Metrics;
using Monarch.Redis.Outages;

namespace Monarch.Redis.Connection;

/// <summary>The state of this process' connection to Redis.</summary>
sealed class RedisInstruments(IMeterFactory meters, RecoveryInstruments recovery)
{
    readonly Meter _meter = meters.Create("Monarch");

    public RecoveryInstruments Recovery => recovery;

    /// <summary>Exports whether Redis is available.</summary>
    public void ObserveConnection(Func<bool> isConnected)
    {
        recovery.Watch(RecoveryInstruments.Redis);
        _meter.CreateObservableGauge(
            "monarch.redis.connected",
            () => isConnected() ? 1 : 0,
            "1",
            "Whether this process can use Redis: 1 or 0."
        );
    }

    /// <summary>Exports whether the subscription receives messages.</summary>
    public void ObserveSubscription(Func<bool> isSubscribed)
    {
        recovery.Watch(RecoveryInstruments.RedisSubscription);
        _meter.CreateObservableGauge(
            "monarch.redis.subscribed",
            () => isSubscribed() ? 1 : 0,
            "1",
            "Whether this process receives publications on Redis: 1 or 0."
        );
    }
}
