using Microsoft.AspNetCore.Http;

namespace Monarch.Hosting.Http;

/// <summary>Keeps the listeners apart: the API is not found on the metrics port, nor the metrics on the API's.</summary>
static class ListenerGuard
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var listener = context.Features.Get<ListenerFeature>()?.Listener ?? Listeners.Web;
        if (ShownOn(context).HasFlag(listener))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    public static Listeners ShownOn(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ShownOnMetadata>()?.Listeners ?? Listeners.Web;
}
