using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Monarch.Redis.Outages;

namespace Monarch.Redis.Connection;

/// <summary>Queries the server at each check, so that a changed role or eviction policy is detected.</summary>
sealed class RedisHealthCheck(RedisServerCheck check, IOptions<RedisOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await check.FaultAsync(cancellationToken) is { } fault
                ? HealthCheckResult.Unhealthy(fault)
                : HealthCheckResult.Healthy($"Redis at {options.Value} responds.");
        }
        catch (RedisUnavailableException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
