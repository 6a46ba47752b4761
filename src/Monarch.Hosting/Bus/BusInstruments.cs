using System.Diagnostics.Metrics;
using MassTransit;
using Monarch.Redis.Outages;

namespace Monarch.Hosting.Bus;

/// <summary>The state of this process' connection to RabbitMQ, and its recoveries.</summary>
sealed class BusInstruments
{
    readonly RecoveryInstruments _recovery;
    bool _isLost;

    public BusInstruments(IBusControl bus, IMeterFactory meters, RecoveryInstruments recovery)
    {
        _recovery = recovery;
        recovery.Watch(RecoveryInstruments.RabbitMq);
        meters
            .Create("Monarch")
            .CreateObservableGauge(
                "monarch.rabbitmq.connected",
                () => bus.CheckHealth().Status == BusHealthStatus.Healthy ? 1 : 0,
                "1",
                "Whether the bus of this process is connected to RabbitMQ, with all its endpoints: 1 or 0."
            );
    }

    /// <summary>Whether the bus has been connected at any check.</summary>
    public bool WasConnected { get; private set; }

    /// <summary>Records the state of the bus. Call it at regular intervals.</summary>
    /// <param name="isHealthy">Whether the bus is connected now.</param>
    public void Update(bool isHealthy)
    {
        if (WasConnected && !_isLost && !isHealthy)
        {
            _isLost = true;
            _recovery.Attempted(RecoveryInstruments.RabbitMq);
        }

        if (isHealthy && _isLost)
        {
            _isLost = false;
            _recovery.Recovered(RecoveryInstruments.RabbitMq);
        }

        WasConnected |= isHealthy;
    }

    /// <summary>Records that the process exits because the bus does not recover.</summary>
    public void GaveUp() => _recovery.GaveUp(RecoveryInstruments.RabbitMq);
}
