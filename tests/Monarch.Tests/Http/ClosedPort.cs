using System.Net;
using System.Net.Sockets;

namespace Monarch.Tests.Http;

/// <summary>An address without a listener.</summary>
static class ClosedPort
{
    public static Uri Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}/");
    }
}
