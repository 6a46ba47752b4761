using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Monarch.Hosting.Bus.Client;

namespace Monarch.Hosting.Bus;

/// <summary>
/// Unhealthy until the bus is connected, and when it has been disconnected for longer than a broker takes to restart. MassTransit
/// reconnects.
/// </summary>
sealed class BusHealthCheck(IBusControl bus, BrokerReports reports, BusHealthOptions options, TimeProvider time) : IHealthCheck
{
    readonly Lock _gate = new();
    bool _wasConnected;
    DateTimeOffset? _lostAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check(bus.CheckHealth()));

    HealthCheckResult Check(BusHealthResult health)
    {
        lock (_gate)
        {
            if (health.Status == BusHealthStatus.Healthy)
            {
                (_wasConnected, _lostAt) = (true, null);
                return reports.BlockedBy is { } alarm
                    ? HealthCheckResult.Degraded(
                        $"The bus is connected, but RabbitMQ accepts no messages: {alarm}. Messages wait to be sent. Free memory or disk space on the broker."
                    )
                    : HealthCheckResult.Healthy("The bus is connected.");
            }
            // Since the first check that failed; the heartbeat of the process checks every few seconds.
            var since = _lostAt ??= time.GetUtcNow();
            var data = new Dictionary<string, object> { ["since"] = since };
            return _wasConnected && time.GetUtcNow() - since < options.Grace
                ? HealthCheckResult.Degraded(Refusal() ?? "The bus has lost its connection and is reconnecting.", data: data)
                : HealthCheckResult.Unhealthy(Refusal() ?? Describe(health), data: data);
        }
    }

    string? Refusal() => reports.Refusal is { } refusal ? $"RabbitMQ refuses the connection: {refusal} Retrying." : null;

    /// <summary>Why the bus is not connected, in the words of the client or the broker; null when neither has reported a reason.</summary>
    public static string? Reason(BusHealthResult health) => Exceptions(health).FirstOrDefault()?.GetBaseException().Message.TrimEnd('.');

    /// <summary>The exceptions of the endpoints and the bus.</summary>
    public static IEnumerable<Exception> Exceptions(BusHealthResult health) =>
        health.Endpoints.Values.Select(x => x.Exception).Append(health.Exception).OfType<Exception>();

    static string Describe(BusHealthResult health)
    {
        var endpoints = health
            .Endpoints.Where(x => x.Value.Status != BusHealthStatus.Healthy)
            .Select(x => new Uri(x.Key).AbsolutePath.Split('/')[^1])
            .Order(StringComparer.Ordinal)
            .ToList();
        var which = endpoints.Count == 0 ? "" : $" ({string.Join(", ", endpoints)})";
        return $"The bus is not connected{which}{(Reason(health) is { } reason ? $": {reason}" : "")}. MassTransit retries.";
    }
}
