using System.Reflection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Processes;

/// <summary>The identity and state of this process.</summary>
sealed class ThisProcess(HostRole role, HealthCheckService health, IOptions<ProcessOptions> options, TimeProvider time)
{
    static readonly string Version =
        typeof(ThisProcess).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public string Id { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";

    public async Task<ProcessState> ReadStateAsync(CancellationToken cancellationToken)
    {
        // Readers of the heartbeat have reached Redis: its check would only cost commands.
        var report = await health.CheckHealthAsync(check => check.Name != "redis", cancellationToken);
        var faults = report
            .Entries.Where(x => x.Value.Status == HealthStatus.Unhealthy)
            .Select(x => $"{x.Key}: {x.Value.Description}")
            .ToList();
        return new()
        {
            Id = Id,
            Role = role.Name,
            Host = Environment.MachineName,
            ProcessId = Environment.ProcessId,
            Version = Version,
            StartedAt = StartedAt,
            SeenAt = time.GetUtcNow(),
            IsReady = faults.Count == 0,
            Reason = faults.Count == 0 ? null : string.Join(' ', faults),
            HeartbeatSeconds = options.Value.IntervalSeconds,
        };
    }
}
