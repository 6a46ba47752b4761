using Microsoft.Extensions.Diagnostics.HealthChecks;
using Monarch.Workers.Archive.Filing;

namespace Monarch.Workers.Archive;

/// <summary>Unhealthy while events cannot be filed.</summary>
sealed class ArchiveHealthCheck(EventArchive archive) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            archive.Problem is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy("Events are filed.")
        );
}
