using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Monarch.Hosting.Http;

namespace Monarch.Hosting.Health;

static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var everywhere = new ShownOnMetadata(Listeners.Web | Listeners.Metrics);
        // Live runs no check: restarting a process does not bring back a broker.
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = HealthAnswer.WriteAsync })
            .WithMetadata(everywhere);
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = HealthAnswer.WriteAsync })
            .WithMetadata(everywhere);
    }
}
