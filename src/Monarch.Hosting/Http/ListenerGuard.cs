using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Monarch.Hosting.Http;

/// <summary>Separates the listeners: the metrics port does not serve the API, and the API's port does not serve the metrics.</summary>
static class ListenerGuard
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (ShownOn(context).HasFlag(ListenerOf(context)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    public static Listeners ListenerOf(HttpContext context) => context.Features.Get<ListenerFeature>()?.Listener ?? Listeners.Web;

    // Unknown paths and unsupported methods are answered on both guarded listeners, behind the guard.
    public static Listeners ShownOn(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ShownOnMetadata>()?.Listeners
        ?? (context.GetEndpoint() is RouteEndpoint ? Listeners.Web : Listeners.Web | Listeners.Usher);
}

/// <summary>The listeners that serve an endpoint.</summary>
sealed record ShownOnMetadata(Listeners Listeners);
