using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Monarch.Redis;

/// <summary>Unhealthy while nothing that is published is heard.</summary>
sealed class SubscriptionHealthCheck(SubscriptionWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(watch.Deafness is { } deafness
            ? HealthCheckResult.Unhealthy(deafness.Reason, data: new Dictionary<string, object> { ["since"] = deafness.Since })
            : HealthCheckResult.Healthy("What is published on Redis is heard."));
}
