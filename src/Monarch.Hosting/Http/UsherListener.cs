using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Monarch.Hosting.Deployments;

namespace Monarch.Hosting.Http;

/// <summary>Usher's listener, for the parts that answer on it.</summary>
public static class UsherListener
{
    /// <summary>Shows endpoints on Usher's listener and nowhere else, to callers that have the key, are trusted, or run on this machine.</summary>
    /// <param name="endpoints">The endpoints.</param>
    public static TBuilder ShowOnUsher<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new ShownOnMetadata(Listeners.Usher));

    /// <summary>Shows an endpoint on Usher's listener to all callers: it finds out itself which of them it serves.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public static TBuilder ShowOnUsherToAll<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ShownOnMetadata(Listeners.Usher), new CallersMetadata(Callers.All));

    /// <summary>Shows an endpoint on Usher's listener to callers that have the key; without a key, to programs of this machine. No network is trusted.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public static TBuilder ShowOnUsherToKnown<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ShownOnMetadata(Listeners.Usher), new CallersMetadata(Callers.WithKeyOrLocal));

    /// <summary>The address at which other machines reach Usher's listener (<c>USHER_BIND</c>); null when they do not reach it.</summary>
    /// <param name="configuration">The host's.</param>
    public static IPAddress? OpenAddress(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[UsherHttpOptions.BindKey] is { } bind && BindAddresses.Of(bind) is { } addresses ? BindAddresses.Open(addresses) : null;
    }

    /// <summary>Whether a host of a role has the listener.</summary>
    internal static bool OpensUsher(this HostRole role, IConfiguration configuration) =>
        role.HasUsherOnly || (role.HasUsherBridge && configuration.HasUsher());
}
