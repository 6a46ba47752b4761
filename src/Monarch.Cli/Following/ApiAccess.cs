using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Hosting;
using Monarch.Hosting.Http;

namespace Monarch.Cli.Following;

/// <summary>Finds the API of a Bridge that runs already.</summary>
static class ApiAccess
{
    /// <param name="url">Where it is; null means on this machine, where its settings say.</param>
    /// <exception cref="CommandFailedException">The address cannot be told.</exception>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static MonarchApi Open(string? url)
    {
        var builder = MonarchHost.CreateBuilder(HostRole.Serve, new Dictionary<string, string?> { ["MONARCH_LOG_LEVEL"] = "Critical" });
        using var services = builder.Services.BuildServiceProvider();
        var options = services.GetRequiredService<IOptions<HttpOptions>>().Value;
        return new(url is null ? Local(options) : Read(url), options.ApiKey);
    }

    static Uri Read(string url) =>
        Uri.TryCreate(url.TrimEnd('/') + '/', UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new CommandFailedException(ExitCodes.Usage, $"'{url}' is not the address of a Bridge: give --url http://<host>:<port>.");

    static Uri Local(HttpOptions options)
    {
        if (options.WebPort == 0)
        {
            throw new CommandFailedException(ExitCodes.Config, $"{HttpOptions.WebPortKey} is 0, which is any port: say with --url where the Bridge is.");
        }

        var address = options.Addresses()![0];
        var host = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        return new($"http://{new IPEndPoint(host, options.WebPort)}/");
    }
}
