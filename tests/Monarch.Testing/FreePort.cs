using System.Net;
using System.Net.Sockets;

namespace Monarch.Testing;

/// <summary>Finds TCP ports that nobody listens on.</summary>
public static class FreePort
{
    /// <summary>A port on the loopback address that was free a moment ago. Somebody else may still take it: whoever starts a server on it tries again.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
