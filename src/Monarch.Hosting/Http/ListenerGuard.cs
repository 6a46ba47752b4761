using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Monarch.Hosting.Http;

/// <summary>Keeps the listeners apart: the API is not found on the metrics port, nor the metrics on the API's.</summary>
static class ListenerGuard
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (ShownOn(context).HasFlag(CameInBy(context)))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    public static Listeners CameInBy(HttpContext context) => context.Features.Get<ListenerFeature>()?.Listener ?? Listeners.Web;

    // What is no endpoint (an unknown path, a method that an endpoint lacks) is answered on both guarded listeners, behind the guard.
    public static Listeners ShownOn(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ShownOnMetadata>()?.Listeners
        ?? (context.GetEndpoint() is RouteEndpoint ? Listeners.Web : Listeners.Web | Listeners.Usher);
}
