using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Monarch.Bridge.Redis;

/// <summary>Unhealthy until the Bridge listens to the Learning Platform for the first time.</summary>
sealed class PlatformHealthCheck(PlatformListener listener) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        listener.Listens
            ? HealthCheckResult.Healthy($"Listening to {PlatformListener.Channel}.", listener.LastMessageAt is { } at ? LastMessage(at) : null)
            : HealthCheckResult.Unhealthy($"Not listening to {PlatformListener.Channel} yet; what is published there is not heard."));

    // Shown by /health.
    static Dictionary<string, object> LastMessage(DateTimeOffset at) => new() { ["lastMessageAt"] = at };
}
