using System.Net;
using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Http;

/// <summary>The addresses of Usher's listener, and the networks whose callers need no key.</summary>
sealed class UsherHttpOptions
{
    public const string PortKey = "USHER_PORT";
    public const string BindKey = "USHER_BIND";
    public const string TrustedNetworksKey = "USHER_TRUSTED_NETWORKS";
    public const int DefaultPort = 8000;

    /// <summary>
    /// Port of Usher's interface and of the trackers' webhooks, on hosts that have the bridge part of Usher; 0 means any free one.
    /// </summary>
    [ConfigurationKeyName(PortKey)]
    public int Port { get; set; } = DefaultPort;

    /// <summary>Addresses to listen on, separated by commas: IP addresses, <c>localhost</c>, or <c>*</c> for all of IPv4.</summary>
    [ConfigurationKeyName(BindKey)]
    public string Bind { get; set; } = "127.0.0.1";

    /// <summary>Networks whose programs need no key, separated by commas: <c>10.20.0.0/16,fd00:1234::/32</c>. Null means none.</summary>
    [ConfigurationKeyName(TrustedNetworksKey)]
    public string? TrustedNetworks { get; set; }

    /// <summary>The addresses of <see cref="Bind"/>; null when it is invalid.</summary>
    public IReadOnlyList<IPAddress>? Addresses() => BindAddresses.Of(Bind);

    /// <summary>The networks of <see cref="TrustedNetworks"/>; null when they are invalid.</summary>
    public IReadOnlyList<IPNetwork>? Networks()
    {
        var networks = new List<IPNetwork>();
        foreach (var text in (TrustedNetworks ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // A caller's IPv4 address is compared as IPv4, also if it is mapped to IPv6.
            // A network whose written address is not its first one would trust more addresses than it appears to.
            if (
                !IPNetwork.TryParse(text, out var network)
                || network.BaseAddress.IsIPv4MappedToIPv6
                || !network.BaseAddress.Equals(IPAddress.Parse(text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal))))
            )
            {
                return null;
            }

            networks.Add(network);
        }

        return networks;
    }
}
