using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Monarch.Hosting.Http;

static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var everywhere = new ShownOnMetadata(Listeners.Web | Listeners.Metrics | Listeners.Usher);
        // Liveness runs no check: restarting the process does not restore a broker.
        endpoints
            .MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = HealthAnswer.WriteAsync })
            .WithMetadata(everywhere);
        endpoints
            .MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = HealthAnswer.WriteAsync })
            .WithMetadata(everywhere);
        // For clients of Usher and of the first Monarch. Open to all, as on the metrics port.
        endpoints
            .MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync })
            .WithMetadata(new ShownOnMetadata(Listeners.Web | Listeners.Usher), new CallersMetadata(Callers.All));
    }

    static Task WriteAsync(HttpContext context, HealthReport report) =>
        ListenerGuard.ListenerOf(context) == Listeners.Usher
            ? HealthAnswer.WriteShortAsync(context, report)
            : HealthSummary.WriteAsync(context, report);
}
