using System.Net.Sockets;
using RabbitMQ.Client;

namespace Monarch.Hosting.Bus;

/// <summary>A connection to the broker that says when it is dead.</summary>
sealed class BrokerSocket(Socket socket, TimeSpan longestSilence, TimeProvider time) : TcpClientAdapter(socket)
{
    static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(10);

    public static void UseFor(ConnectionFactory connections, TimeProvider time)
    {
        var patience = Patience(connections.RequestedHeartbeat);
        // But for the stream, as the client makes them itself.
        connections.SocketFactory = family => new BrokerSocket(
            new(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new(enable: true, seconds: 2) }, patience, time);
    }

    /// <summary>A broker sends two heartbeats in the time of one, and greets whoever connects sooner than the least of this.</summary>
    public static TimeSpan Patience(TimeSpan heartbeat) => 3 * heartbeat > LeastPatience ? 3 * heartbeat : LeastPatience;

    public override NetworkStream GetStream() => new BrokerStream(Client, longestSilence, time);
}
