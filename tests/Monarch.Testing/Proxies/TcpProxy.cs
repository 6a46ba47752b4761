using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Monarch.Testing;

/// <summary>
/// A network between a client and a server on this machine that can be made to fail at any time. Each fault is for the connections that
/// there are and for those to come, and lasts until <see cref="Heal"/>; <see cref="Cut"/>, <see cref="Reset"/> and <see cref="Strand"/> happen once, to the connections that there are.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    readonly Lane _toServer = new(), _toClient = new();
    readonly ConcurrentDictionary<ProxiedConnection, Task> _connections = new();
    readonly Lock _gate = new();
    readonly Func<FlowTap>? _tap;
    IPEndPoint _server;
    TcpListener? _listener;
    Task _accepting = Task.CompletedTask;
    int _torn, _made;

    /// <summary>Starts one; it listens on a free port of 127.0.0.1 at once.</summary>
    /// <param name="port">Where the server listens on 127.0.0.1. It need not be up.</param>
    /// <param name="tap">Makes what takes note of each connection; null is nothing.</param>
    public TcpProxy(int port, Func<FlowTap>? tap = null)
    {
        _tap = tap;
        _server = new(IPAddress.Loopback, port);
        Listen();
    }

    /// <summary>Where it listens, on 127.0.0.1; kept when it refuses for a while.</summary>
    public int Port { get; private set; }

    /// <summary>How many connections there are.</summary>
    public int Connections => _connections.Count;

    /// <summary>How many connections there were so far.</summary>
    public int Made => Volatile.Read(ref _made);

    /// <summary>How many connections <see cref="CutAfter"/> has cut so far.</summary>
    public int Torn => Volatile.Read(ref _torn);

    /// <summary>Closes every connection in order, as a server does that stops.</summary>
    public void Cut() => EndAll(reset: false);

    /// <summary>Resets every connection, as a firewall does, or a host that has forgotten them.</summary>
    public void Reset() => EndAll(reset: true);

    /// <summary>Nothing comes through any connection any more, for ever, and nobody is told, as when a router on the way was changed.</summary>
    public void Strand()
    {
        foreach (var connection in _connections.Keys)
            connection.Strand();
    }

    /// <summary>Connections are kept and accepted, and nothing comes through. What was sent meanwhile comes through after <see cref="Heal"/>.</summary>
    public void BlackHole(Flow flow = Flow.Both) => Each(flow, lane => lane.Close());

    /// <summary>A black hole for what the server answers, which begins with the chunk that holds these bytes for the nth time; ends then.</summary>
    public Task BlackHoleAtAsync(ReadOnlySpan<byte> bytes, int time) => _toClient.CloseAtAsync(bytes.ToArray(), time);

    /// <summary>Whatever comes waits for a while, chunk after chunk.</summary>
    public void Delay(TimeSpan delay, Flow flow = Flow.Both) => Each(flow, lane => lane.Slow(delay));

    /// <summary>Each connection carries so many bytes more and is then closed in the middle of whatever it carries.</summary>
    public void CutAfter(int bytes, Flow flow) => Each(flow, lane => lane.Limit(bytes));

    /// <summary>New connections are refused, as by a host on which nobody listens. Those that there are stay.</summary>
    public void Refuse()
    {
        lock (_gate)
        {
            var listener = _listener;
            Volatile.Write(ref _listener, null);
            listener?.Dispose();
        }
    }

    /// <summary>New connections lead to another server, as after a failover behind one address. Existing connections stay where they are.</summary>
    /// <param name="port">Where that server listens on 127.0.0.1.</param>
    public void MoveTo(int port) => Volatile.Write(ref _server, new(IPAddress.Loopback, port));

    /// <summary>All faults are over.</summary>
    public void Heal()
    {
        Each(Flow.Both, lane => lane.Heal());
        lock (_gate)
        {
            if (_listener is null)
                Listen();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Refuse();
        await _accepting;
        Reset();
        await Task.WhenAll(_connections.Values);
    }

    void Listen()
    {
        while (_listener is null)
        {
            var port = Port == 0 ? FreePort.Next() : Port;
            var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                (_listener, Port) = (listener, port);
                _accepting = AcceptAsync(listener, _accepting);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && Port == 0)
            {
                listener.Dispose();
            }
        }
    }

    async Task AcceptAsync(TcpListener listener, Task earlier)
    {
        await earlier;
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptSocketAsync());
        }
        catch (Exception) when (Volatile.Read(ref _listener) != listener) { } // It refuses now. What is thrown depends on how far the call was.
    }

    async Task ServeAsync(Socket client)
    {
        Interlocked.Increment(ref _made);
        client.NoDelay = true;
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var connection = new ProxiedConnection(client, server, _toServer, _toClient, _tap?.Invoke());
        var done = new TaskCompletionSource();
        _connections[connection] = done.Task;
        try
        {
            await server.ConnectAsync(Volatile.Read(ref _server));
            if (await connection.RunAsync())
                Interlocked.Increment(ref _torn);
        }
        catch (SocketException)
        {
            connection.End(reset: true); // Nobody listens there.
        }
        catch (ObjectDisposedException) { } // It was ended before it was made.
        finally
        {
            _connections.TryRemove(connection, out _);
            done.SetResult();
        }
    }

    void EndAll(bool reset)
    {
        foreach (var connection in _connections.Keys)
            connection.End(reset);
    }

    void Each(Flow flow, Action<Lane> change)
    {
        if (flow.HasFlag(Flow.ToServer))
            change(_toServer);
        if (flow.HasFlag(Flow.ToClient))
            change(_toClient);
    }
}
