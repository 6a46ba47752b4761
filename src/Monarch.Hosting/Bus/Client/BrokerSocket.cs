using System.Net.Sockets;
using RabbitMQ.Client;

namespace Monarch.Hosting.Bus.Client;

/// <summary>A connection to the broker that fails when the broker is silent, and records its loss until the client has closed it.</summary>
sealed class BrokerSocket(Socket socket, TimeSpan longestSilence, BrokerEnds ends, TimeProvider time, DeliveryMemory? memory = null)
    : TcpClientAdapter(socket)
{
    static readonly TimeSpan ShortestLimit = TimeSpan.FromSeconds(10);

    volatile bool _isClosed;

    /// <param name="connections">The connection factory of the bus.</param>
    /// <param name="ends">Records lost connections.</param>
    /// <param name="time">The clock.</param>
    /// <param name="memory">Bounds the memory of deliveries; null on hosts whose messages are small.</param>
    public static void UseFor(ConnectionFactory connections, BrokerEnds ends, TimeProvider time, DeliveryMemory? memory = null)
    {
        var longestSilence = LongestSilence(connections.RequestedHeartbeat);
        connections.SocketFactory = family => new BrokerSocket(
            // The options that the client's own factory sets.
            new(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new(enable: true, seconds: 2) },
            longestSilence,
            ends,
            time,
            memory
        );
    }

    /// <summary>
    /// Two heartbeats, during which a broker sends four, and at least ten seconds, for the handshake. The client itself waits for three to
    /// four, and then closes the connection while publishers still write.
    /// </summary>
    /// <param name="heartbeat">The interval that the client requests; zero leaves it to the broker.</param>
    public static TimeSpan LongestSilence(TimeSpan heartbeat)
    {
        var limit = 2 * (heartbeat > TimeSpan.Zero ? heartbeat : ConnectionFactory.DefaultHeartbeat);
        return limit > ShortestLimit ? limit : ShortestLimit;
    }

    public override NetworkStream GetStream() => new BrokerStream(Client, longestSilence, AddEnd, time, memory);

    /// <summary>The client's last call, after it has notified every channel.</summary>
    public override void Close()
    {
        _isClosed = true;
        ends.Remove(this);
        base.Close();
    }

    void AddEnd()
    {
        ends.Add(this);
        // Closing ends the pending read, too.
        if (_isClosed)
        {
            ends.Remove(this);
        }
    }
}
