using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Monarch.Hosting.Http;

/// <summary>The addresses of a started host, with the ports that were assigned for port 0.</summary>
public sealed class HostAddresses
{
    readonly Dictionary<Listeners, ListenOptions> _first = [];

    internal HostAddresses() { }

    /// <summary>Base address of the API and the pages; null on a host without a Bridge.</summary>
    public Uri? Web => Find(Listeners.Web);

    /// <summary>Base address of Usher's interface; null on a host without the bridge part of Usher.</summary>
    public Uri? Usher => Find(Listeners.Usher);

    /// <summary>Base address of <c>/metrics</c> and <c>/health</c>.</summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public Uri Metrics => Find(Listeners.Metrics) ?? throw new InvalidOperationException("The host has not started.");

    internal void Add(Listeners listener, ListenOptions options) => _first.TryAdd(listener, options);

    Uri? Find(Listeners listener) => _first.TryGetValue(listener, out var options) ? Address(options) : null;

    static Uri Address(ListenOptions options)
    {
        var endpoint = options.IPEndPoint!;
        var host =
            endpoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : endpoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : endpoint.Address;
        return new Uri($"http://{new IPEndPoint(host, endpoint.Port)}/");
    }
}
