using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Monarch.Hosting.Bus;

/// <summary>
/// Unhealthy until the bus is connected, and when it has been disconnected for longer than a broker takes to restart. MassTransit reconnects.
/// </summary>
sealed class BusHealthCheck(IBusControl bus, BusHealthOptions options, TimeProvider time) : IHealthCheck
{
    readonly Lock _gate = new();
    volatile bool _wasConnected;
    DateTimeOffset? _lostAt;

    /// <summary>Whether a check has seen it connected.</summary>
    public bool WasConnected => _wasConnected;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check(bus.CheckHealth()));

    HealthCheckResult Check(BusHealthResult health)
    {
        lock (_gate)
        {
            if (health.Status == BusHealthStatus.Healthy)
            {
                (_wasConnected, _lostAt) = (true, null);
                return HealthCheckResult.Healthy("The bus is connected.");
            }
            // Since the first check that found it; the process' heartbeat checks every few seconds.
            var since = _lostAt ??= time.GetUtcNow();
            var data = new Dictionary<string, object> { ["since"] = since };
            return _wasConnected && time.GetUtcNow() - since < options.Grace
                ? HealthCheckResult.Degraded("The bus has lost its connection and is reconnecting.", data: data)
                : HealthCheckResult.Unhealthy(Describe(health), data: data);
        }
    }

    static string Describe(BusHealthResult health)
    {
        var endpoints = health.Endpoints.Where(x => x.Value.Status != BusHealthStatus.Healthy)
            .Select(x => new Uri(x.Key).AbsolutePath.Split('/')[^1]).Order(StringComparer.Ordinal).ToList();
        return endpoints.Count == 0
            ? "The bus is not connected; MassTransit retries."
            : $"The bus is not connected ({string.Join(", ", endpoints)}); MassTransit retries.";
    }
}
