using System.Net.Sockets;
using RabbitMQ.Client;

namespace Monarch.Hosting.Bus;

/// <summary>A connection to the broker that says when it is dead.</summary>
sealed class BrokerSocket(Socket socket, TimeSpan longestSilence, TimeProvider time) : TcpClientAdapter(socket)
{
    // Both ends send a heartbeat twice in its time; the broker answers a greeting sooner than that.
    static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(10);

    public static void UseFor(ConnectionFactory connections, TimeProvider time)
    {
        var patience = 3 * connections.RequestedHeartbeat;
        patience = patience > LeastPatience ? patience : LeastPatience;
        connections.SocketFactory = family => new BrokerSocket(
            new(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new(enable: true, seconds: 2) }, patience, time);
    }

    public override NetworkStream GetStream() => new BrokerStream(Client, longestSilence, time);
}
