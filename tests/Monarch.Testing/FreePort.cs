using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Monarch.Testing;

/// <summary>Finds TCP ports that nobody listens on.</summary>
public static class FreePort
{
    // Linux gives outgoing connections ports from 32768 up: a port of theirs may be taken by any connection, even one to itself,
    // before the server that it was meant for listens.
    const int First = 10_000, End = 32_768;

    static readonly ConcurrentDictionary<int, bool> Given = [];

    /// <summary>A port on the loopback address that was free a moment ago, and another one each time. Somebody else may still take it: whoever starts a server on it tries again.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            if (!Given.TryAdd(port, true))
                continue;
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one, then.
            }
        }
    }
}
