using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Http;

/// <summary>
/// Restricts the callers of the Bridge's endpoints. With a key: callers that send it, from anywhere. Without a key: local programs, but not
/// a web page in a local browser (its requests come from this machine too). On Usher's listener also the programs of trusted networks.
/// </summary>
sealed class CallerGuard(RequestDelegate next, IOptions<HttpOptions> options, IOptions<UsherHttpOptions> usher)
{
    readonly ApiKey? _key = options.Value.ApiKey is { } key ? new ApiKey(key) : null;
    readonly IReadOnlyList<IPNetwork> _trusted = usher.Value.Networks() ?? [];

    public Task InvokeAsync(HttpContext context)
    {
        // Endpoints that are open on the metrics port are open on every listener.
        if (ListenerGuard.ShownOn(context).HasFlag(Listeners.Metrics))
        {
            return next(context);
        }

        var refusal = Refusal(context, CallersOf(context));
        return refusal is null ? next(context) : refusal.ExecuteAsync(context);
    }

    static Callers CallersOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<CallersMetadata>()?.Callers
        ?? (ListenerGuard.ListenerOf(context) == Listeners.Usher ? Callers.Trusted : Callers.WithKeyOrLocal);

    IResult? Refusal(HttpContext context, Callers callers) =>
        callers switch
        {
            Callers.All => null,
            Callers.Trusted when IsTrusted(context.Connection.RemoteIpAddress) && !LocalCaller.IsChangeFromPage(context.Request) => null,
            _ when _key is not null => _key.Refusal(context),
            _ when ListenerGuard.ListenerOf(context) == Listeners.Usher && !IsLocal(context.Connection.RemoteIpAddress) =>
                TypedResults.Problem(
                    statusCode: StatusCodes.Status403Forbidden,
                    detail: $"Without {HttpOptions.ApiKeyKey} only this machine and the networks of {UsherHttpOptions.TrustedNetworksKey} may do this."
                ),
            _ => LocalCaller.Refusal(context.Request),
        };

    // A socket that listens on :: reports IPv4 callers as ::ffff:1.2.3.4, which belongs to no IPv6 network.
    bool IsTrusted(IPAddress? caller) =>
        caller is not null && _trusted.Any(network => network.Contains(caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller));

    static bool IsLocal(IPAddress? caller) => caller is not null && IPAddress.IsLoopback(caller);
}
