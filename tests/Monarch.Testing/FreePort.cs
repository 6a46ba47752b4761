using System.Net;
using System.Net.Sockets;

namespace Monarch.Testing;

/// <summary>Finds TCP ports that are free.</summary>
public static class FreePort
{
    // Linux gives outgoing connections ports from 32768 up: a port of theirs may be taken by any connection, even one to itself,
    // before the server that it was meant for listens.
    const int First = 10_000, End = 32_768;

    static readonly HashSet<int> Given = [];

    // Each process has an order of its own, so that two of them seldom try the same ports.
    static readonly Random Order = new(Environment.ProcessId);

    /// <summary>A port on the loopback address that was free a moment ago, and another one each time. Another process may still take it: a caller that starts a server on it tries again.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Candidate();
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

    static int Candidate()
    {
        lock (Given)
        {
            int port;
            do
                port = Order.Next(First, End);
            while (!Given.Add(port));
            return port;
        }
    }
}
