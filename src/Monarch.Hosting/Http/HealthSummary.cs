using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Monarch.Hosting.Processes;

namespace Monarch.Hosting.Http;

/// <summary>The response of <c>/health</c> on the web port, in the format of the first Monarch.</summary>
/// <param name="Status"><c>healthy</c>, or <c>unhealthy</c> while something is not ready; <c>/health/ready</c> has the details.</param>
/// <param name="Connection">To Redis: <c>connected</c> or <c>disconnected</c>; null without one.</param>
/// <param name="SecondsSinceLastMessage">Since the last publication of the platform that this process received; null before one.</param>
/// <param name="UptimeSeconds">Since this process started.</param>
sealed record HealthSummary(string Status, string? Connection, double? SecondsSinceLastMessage, double UptimeSeconds)
{
    /// <summary>The key in a health check's data of the time at which the last message was received.</summary>
    public const string LastMessageAt = "lastMessageAt";

    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var services = context.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var last = report.Entries.Values.Select(entry => entry.Data.GetValueOrDefault(LastMessageAt)).OfType<DateTimeOffset>().ToList();
        var summary = new HealthSummary(
            report.Status == HealthStatus.Unhealthy ? "unhealthy" : "healthy",
            !report.Entries.TryGetValue("redis", out var redis) ? null
                : redis.Status == HealthStatus.Healthy ? "connected"
                : "disconnected",
            last.Count > 0 ? Seconds(now - last.Max()) : null,
            Seconds(now - services.GetRequiredService<ThisProcess>().StartedAt)
        );
        return context.Response.WriteAsJsonAsync(summary, HealthJson.Default.HealthSummary);
    }

    static double Seconds(TimeSpan time) => Math.Round(Math.Max(0, time.TotalSeconds), 1);
}
