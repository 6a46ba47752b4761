using System.Diagnostics;
using System.Net;

namespace Monarch.Workers.Http;

/// <summary>How connections to GitHub and Slack are kept.</summary>
static class Connections
{
    public static void Configure(SocketsHttpHandler handler)
    {
        // A redirect could lead to another repository or another host; who follows one looks where it goes.
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        // Traces end here: foreign services are given no ids of ours.
        handler.ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator();
        handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli;

        // How many requests run at once is the budget's decision.
        handler.MaxConnectionsPerServer = 256;
        handler.EnableMultipleHttp2Connections = true;

        // Names are resolved anew; and a connection that died silently is noticed, or every request on it would time out.
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        handler.PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1);
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        handler.KeepAlivePingDelay = TimeSpan.FromSeconds(15);
        handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
    }
}
