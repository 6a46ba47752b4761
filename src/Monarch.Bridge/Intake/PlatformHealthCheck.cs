using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Monarch.Bridge.Intake;

/// <summary>Unhealthy until the Bridge has subscribed to the channel of the Learning Platform.</summary>
sealed class PlatformHealthCheck(PlatformListener listener) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            listener.IsListening
                ? HealthCheckResult.Healthy(
                    $"Listening to {PlatformListener.Channel}.",
                    listener.LastMessageAt is { } at ? LastMessage(at) : null
                )
                : HealthCheckResult.Unhealthy($"Not listening to {PlatformListener.Channel} yet; messages published there are lost.")
        );

    // Shown by /health.
    static Dictionary<string, object> LastMessage(DateTimeOffset at) => new() { ["lastMessageAt"] = at };
}
