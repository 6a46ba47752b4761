using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Monarch.Hosting.Settings;

namespace Monarch.Hosting.Http;

/// <summary>Extensions for endpoints on Usher's listener.</summary>
public static class UsherListener
{
    /// <summary>
    /// Serves endpoints on Usher's listener only, to callers that have the key, are in a trusted network, or run on this machine.
    /// </summary>
    /// <param name="endpoints">The endpoints.</param>
    public static TBuilder ShowOnUsher<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new ShownOnMetadata(Listeners.Usher));

    /// <summary>Serves an endpoint on Usher's listener to all callers: it authenticates them itself.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public static TBuilder ShowOnUsherToAll<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ShownOnMetadata(Listeners.Usher), new CallersMetadata(Callers.All));

    /// <summary>
    /// Serves an endpoint on Usher's listener to callers that have the key; without a key, to local programs. No network is trusted.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    public static TBuilder ShowOnUsherToKnown<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ShownOnMetadata(Listeners.Usher), new CallersMetadata(Callers.WithKeyOrLocal));

    /// <summary>The address at which other machines reach Usher's listener (<c>USHER_BIND</c>); null when it is local only.</summary>
    /// <param name="configuration">The host's settings.</param>
    public static IPAddress? OpenAddress(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[UsherHttpOptions.BindKey] is { } bind && BindAddresses.Of(bind) is { } addresses
            ? BindAddresses.Open(addresses)
            : null;
    }

    /// <summary>Whether a host of this role has Usher's listener.</summary>
    internal static bool OpensUsher(this HostRole role, IConfiguration configuration) =>
        role.HasUsherOnly || (role.HasUsherBridge && configuration.HasUsher());
}
