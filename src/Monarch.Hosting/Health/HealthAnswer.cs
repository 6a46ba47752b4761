using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Monarch.Hosting.Health;

/// <summary>What the health endpoints answer, as JSON.</summary>
sealed record HealthAnswer(HealthStatus Status, IReadOnlyDictionary<string, HealthAnswer.Check> Checks)
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var checks = report.Entries.ToDictionary(entry => entry.Key, entry => new Check(
            entry.Value.Status, entry.Value.Description, entry.Value.Data.GetValueOrDefault("since") as DateTimeOffset?));
        return context.Response.WriteAsJsonAsync(new HealthAnswer(report.Status, checks), HealthJson.Default.HealthAnswer);
    }

    /// <summary>One check, and since when it fails (UTC). Exceptions stay inside: they may name hosts and users.</summary>
    internal sealed record Check(HealthStatus Status, string? Description, DateTimeOffset? Since);
}
