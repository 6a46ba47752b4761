using System.Diagnostics;
using System.Net;

namespace Monarch.Workers.Http;

/// <summary>Settings of the connections to GitHub and Slack.</summary>
static class Connections
{
    public static void Configure(SocketsHttpHandler handler)
    {
        // A redirect may lead to another repository or host; the caller checks the address before following it.
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        // Traces end here: external services do not receive our trace ids.
        handler.ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator();
        handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli;

        // The budget limits the number of concurrent requests.
        handler.MaxConnectionsPerServer = 256;
        handler.EnableMultipleHttp2Connections = true;

        // Forces a new DNS look-up. The pings detect a dead connection, on which every request would time out.
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        handler.PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1);
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        handler.KeepAlivePingDelay = TimeSpan.FromSeconds(15);
        handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
    }
}
