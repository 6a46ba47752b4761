using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Http;

/// <summary>
/// Restricts the callers of the Bridge's endpoints. With keys: callers that send one, from anywhere, or that signed in. Without a key: local
/// programs and pages, but not pages of other sites in a local browser (their requests come from this machine too). On Usher's listener
/// also the programs of trusted networks.
/// </summary>
sealed class CallerGuard(RequestDelegate next, AccessKeys keys, IOptions<UsherHttpOptions> usher)
{
    static readonly Caller Local = new(Name: null, KeyRole.Operate);

    readonly IReadOnlyList<IPNetwork> _trusted = usher.Value.Networks() ?? [];

    public async Task InvokeAsync(HttpContext context)
    {
        // Endpoints that are open on the metrics port are open on every listener.
        if (!ListenerGuard.ShownOn(context).HasFlag(Listeners.Metrics) && await RefusalAsync(context, CallersOf(context)) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    static Callers CallersOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<CallersMetadata>()?.Callers
        ?? (ListenerGuard.ListenerOf(context) == Listeners.Usher ? Callers.Trusted : Callers.WithKeyOrLocal);

    async Task<IResult?> RefusalAsync(HttpContext context, Callers callers)
    {
        switch (callers)
        {
            case Callers.All when context.GetEndpoint()?.Metadata.GetMetadata<PageMetadata>() is null:
            case Callers.Trusted when IsTrusted(context.Connection.RemoteIpAddress) && !LocalCaller.IsChangeFromPage(context.Request):
                return null;
        }

        if (keys.AreRequired)
        {
            var caller = await CallerOfAsync(context);
            context.Features.Set(caller);
            return callers == Callers.All ? null
                : caller is null ? Unknown(context)
                : caller.MayOperate || !LocalCaller.IsChange(context.Request.Method) ? null
                : TypedResults.Problem(
                    statusCode: StatusCodes.Status403Forbidden,
                    detail: $"The key '{caller.Name}' has the role view: it may not change anything."
                );
        }

        context.Features.Set(Local);
        return ListenerGuard.ListenerOf(context) == Listeners.Usher && !IsLocal(context.Connection.RemoteIpAddress)
            ? TypedResults.Problem(
                statusCode: StatusCodes.Status403Forbidden,
                detail: $"Without {HttpOptions.ApiKeyKey} only this machine and the networks of {UsherHttpOptions.TrustedNetworksKey} may do this."
            )
            : LocalCaller.Refusal(context.Request);
    }

    // A browser adds a cookie to every request. Changes are accepted by it only where a form has its anti-forgery token. It is not bound
    // to a port, so Usher would receive it too.
    async Task<Caller?> CallerOfAsync(HttpContext context) =>
        keys.OfBearer(context.Request)
        ?? (
            ListenerGuard.ListenerOf(context) == Listeners.Web
            && (!LocalCaller.IsChange(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<PageMetadata>() is not null)
                ? await keys.OfCookieAsync(context)
                : null
        );

    static IResult Unknown(HttpContext context)
    {
        var request = context.Request;
        if (!request.WantsPage())
        {
            return AccessKeys.Refusal(context);
        }

        if (request.IsPartial())
        {
            // The whole page is loaded again, and leads to the sign-in.
            context.Response.Headers["HX-Refresh"] = "true";
            return TypedResults.Unauthorized();
        }

        return LocalCaller.IsChange(request.Method)
            ? TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, detail: "You are not signed in, or not any more.")
            : TypedResults.Redirect(
                $"{PageRequests.SignInPath}{QueryString.Create(PageRequests.ReturnParameter, $"{request.Path}{request.QueryString}")}"
            );
    }

    // A socket that listens on :: reports IPv4 callers as ::ffff:1.2.3.4, which belongs to no IPv6 network.
    bool IsTrusted(IPAddress? caller) =>
        caller is not null && _trusted.Any(network => network.Contains(caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller));

    static bool IsLocal(IPAddress? caller) => caller is not null && IPAddress.IsLoopback(caller);
}
