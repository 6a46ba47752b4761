using System.Net.Sockets;
using RabbitMQ.Client;

namespace Monarch.Hosting.Bus;

/// <summary>A connection to the broker that says when it is dead.</summary>
sealed class BrokerSocket(Socket socket, TimeSpan longestSilence, BrokerEnds ends, TimeProvider time) : TcpClientAdapter(socket)
{
    static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(10);

    volatile bool _isClosed;

    public static void UseFor(ConnectionFactory connections, BrokerEnds ends, TimeProvider time)
    {
        var patience = Patience(connections.RequestedHeartbeat);
        // But for the stream, as the client makes them itself.
        connections.SocketFactory = family => new BrokerSocket(
            new(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new(enable: true, seconds: 2) }, patience, ends, time);
    }

    /// <summary>A broker sends two heartbeats in the time of one, and greets whoever connects sooner than the least of this.</summary>
    public static TimeSpan Patience(TimeSpan heartbeat) => 3 * heartbeat > LeastPatience ? 3 * heartbeat : LeastPatience;

    public override NetworkStream GetStream() => new BrokerStream(Client, longestSilence, BeginEnd, time);

    /// <summary>The last that the client does with a connection.</summary>
    public override void Close()
    {
        _isClosed = true;
        ends.Finish(this);
        base.Close();
    }

    void BeginEnd()
    {
        ends.Begin(this);
        // A read may end because of that.
        if (_isClosed)
            ends.Finish(this);
    }
}
