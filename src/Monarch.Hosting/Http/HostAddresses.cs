using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Monarch.Hosting.Http;

/// <summary>Where the host can be reached once it has started, with the ports that port 0 turned into.</summary>
public sealed class HostAddresses
{
    readonly List<ListenOptions> _web = [];
    readonly List<ListenOptions> _metrics = [];

    internal HostAddresses()
    {
    }

    /// <summary>Base address of the API and the pages; null on a host without a Bridge.</summary>
    public Uri? Web => _web.Count > 0 ? Address(_web[0]) : null;

    /// <summary>Base address of <c>/metrics</c> and <c>/health</c>.</summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public Uri Metrics => _metrics.Count > 0 ? Address(_metrics[0]) : throw new InvalidOperationException("The host has not started.");

    internal void Add(Listeners listener, ListenOptions options) => (listener == Listeners.Web ? _web : _metrics).Add(options);

    static Uri Address(ListenOptions options)
    {
        var endpoint = options.IPEndPoint!;
        var host = endpoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : endpoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : endpoint.Address;
        return new Uri($"http://{new IPEndPoint(host, endpoint.Port)}/");
    }
}
