using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Hosting;
using Monarch.Hosting.Http;
using Monarch.Hosting.Startup;

namespace Monarch.Cli.Clients;

/// <summary>Opens the API of a running host.</summary>
static class ApiAccess
{
    /// <param name="url">Its address; null means on this machine, by its settings.</param>
    /// <exception cref="CommandFailedException">The address is unknown.</exception>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static MonarchApi Open(string? url)
    {
        var (address, key) = Bridge(url);
        return new(address, key);
    }

    /// <summary>The log search of a Bridge.</summary>
    /// <inheritdoc cref="Open"/>
    public static LogApi OpenLogs(string? url)
    {
        var (address, key) = Bridge(url);
        return new(address, key);
    }

    /// <summary>Usher's API.</summary>
    /// <inheritdoc cref="Open"/>
    public static UsherApi OpenUsher(string? url)
    {
        var builder = MonarchHost.CreateBuilder(HostRole.Usher, new Dictionary<string, string?> { ["MONARCH_LOG_LEVEL"] = "Critical" });
        using var services = builder.Services.BuildServiceProvider();
        var key = services.GetRequiredService<IOptions<HttpOptions>>().Value.ApiKey;
        var options = services.GetRequiredService<IOptions<UsherHttpOptions>>().Value;
        return new(url is null ? Local(options.Addresses()![0], UsherHttpOptions.PortKey, options.Port) : Read(url), key);
    }

    /// <summary>The readiness endpoint of a host.</summary>
    /// <inheritdoc cref="Open"/>
    public static Uri Health(string? url)
    {
        // Workers require the fewest settings.
        var options = Options(HostRole.Workers);
        return new(
            url is null ? Local(options.Addresses()![0], HttpOptions.PrometheusPortKey, options.PrometheusPort) : Read(url),
            "health/ready"
        );
    }

    static (Uri Address, string? Key) Bridge(string? url)
    {
        var options = Options(HostRole.Serve);
        return (url is null ? Local(options.Addresses()![0], HttpOptions.WebPortKey, options.WebPort) : Read(url), options.ApiKey);
    }

    static HttpOptions Options(HostRole role)
    {
        var builder = MonarchHost.CreateBuilder(role, new Dictionary<string, string?> { ["MONARCH_LOG_LEVEL"] = "Critical" });
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<HttpOptions>>().Value;
    }

    static Uri Read(string url) =>
        Uri.TryCreate(url.TrimEnd('/') + '/', UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new CommandFailedException(ExitCodes.Usage, $"'{url}' is not the address of a host: give --url http://<host>:<port>.");

    static Uri Local(IPAddress address, string key, int port)
    {
        if (port == 0)
        {
            throw new CommandFailedException(
                ExitCodes.Config,
                $"{key} is 0, which means any port: give the address of the host with --url."
            );
        }

        var host =
            address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : address;
        return new($"http://{new IPEndPoint(host, port)}/");
    }
}
