using System.Net;
using System.Net.Sockets;

namespace Monarch.Testing;

/// <summary>Finds TCP ports that are free.</summary>
public static class FreePort
{
    // Linux uses ports from 32768 up for outgoing connections: such a port may be taken by any connection, even one to itself, before the
    // intended server listens.
    const int First = 10_000,
        End = 32_768;

    static readonly HashSet<int> Given = [];

    // Each process has its own order, so that two processes seldom try the same ports.
    static readonly Random Order = new(Environment.ProcessId);

    /// <summary>
    /// Returns a port on the loopback address that was free, a different one each time. Another process may still use it: a caller that
    /// starts a server on it should retry.
    /// </summary>
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
                // Try the next port.
            }
        }
    }

    static int Candidate()
    {
        lock (Given)
        {
            int port;
            do
            {
                port = Order.Next(First, End);
            } while (!Given.Add(port));
            return port;
        }
    }
}
