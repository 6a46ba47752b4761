using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Http;

/// <summary>Configures the listeners.</summary>
sealed class KestrelSetup(
    IOptions<HttpOptions> options,
    IOptions<UsherHttpOptions> usher,
    HostRole role,
    IConfiguration configuration,
    HostAddresses addresses
) : IConfigureOptions<KestrelServerOptions>
{
    // A message may be 1 MiB; the rest is for its envelope.
    const long MaxRequestBodyBytes = (1024 + 64) * 1024;

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
        foreach (var address in options.Value.Addresses() ?? [])
        {
            if (role.HasBridge)
            {
                Listen(kestrel, new IPEndPoint(address, options.Value.WebPort), Listeners.Web);
            }

            Listen(kestrel, new IPEndPoint(address, options.Value.PrometheusPort), Listeners.Metrics);
        }
        if (!role.OpensUsher(configuration))
        {
            return;
        }

        foreach (var address in usher.Value.Addresses() ?? [])
        {
            Listen(kestrel, new IPEndPoint(address, usher.Value.Port), Listeners.Usher);
        }
    }

    void Listen(KestrelServerOptions kestrel, IPEndPoint endpoint, Listeners listener) =>
        kestrel.Listen(
            endpoint,
            listen =>
            {
                var feature = new ListenerFeature(listener);
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next =>
                    connection =>
                    {
                        connection.Features.Set(feature);
                        return next(connection);
                    }
                );
                addresses.Add(listener, listen);
            }
        );
}

/// <summary>The listener that accepted a connection, so that neither a Host header nor a dynamic port matters.</summary>
sealed record ListenerFeature(Listeners Listener);
