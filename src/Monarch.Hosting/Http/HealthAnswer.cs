using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Monarch.Hosting.Http;

/// <summary>The response of the health endpoints, as JSON.</summary>
sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, HealthAnswer.Check> Checks)
{
    public static Task WriteAsync(HttpContext context, HealthReport report) => WriteAsync(context, report, report.Status.ToString());

    /// <summary>Writes the status <c>ok</c> while the host is usable.</summary>
    public static Task WriteShortAsync(HttpContext context, HealthReport report) =>
        WriteAsync(context, report, report.Status == HealthStatus.Unhealthy ? "unavailable" : "ok");

    static Task WriteAsync(HttpContext context, HealthReport report, string status)
    {
        var checks = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new Check(entry.Value.Status, entry.Value.Description, entry.Value.Data.GetValueOrDefault("since") as DateTimeOffset?)
        );
        return context.Response.WriteAsJsonAsync(new HealthAnswer(status, checks), HealthJson.Default.HealthAnswer);
    }

    /// <summary>One check, and since when it fails (UTC). Exceptions are not exposed: they may name hosts and users.</summary>
    internal sealed record Check(HealthStatus Status, string? Description, DateTimeOffset? Since);
}
