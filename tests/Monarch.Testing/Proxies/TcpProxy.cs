using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Monarch.Testing.Proxies;

/// <summary>
/// A network between a client and a server on this machine, with faults on request. Each fault affects existing and new connections, and
/// lasts until <see cref="Heal"/>; <see cref="Cut"/>, <see cref="Reset"/> and <see cref="Strand"/> affect existing connections once.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    readonly Lane _toServer = new(),
        _toClient = new();
    readonly ConcurrentDictionary<ProxiedConnection, Task> _connections = new();
    readonly Lock _gate = new();
    readonly Func<FlowTap>? _tap;
    IPEndPoint _server;
    TcpListener? _listener;
    Task _accepting = Task.CompletedTask;
    int _torn,
        _made;

    /// <summary>Starts a proxy, which listens on a free port of 127.0.0.1 immediately.</summary>
    /// <param name="port">The port of the server on 127.0.0.1. The server need not run yet.</param>
    /// <param name="tap">Creates the recorder of each connection; null means none.</param>
    public TcpProxy(int port, Func<FlowTap>? tap = null)
    {
        _tap = tap;
        _server = new(IPAddress.Loopback, port);
        Listen();
    }

    /// <summary>Its port on 127.0.0.1, also while it refuses connections.</summary>
    public int Port { get; private set; }

    /// <summary>The number of open connections.</summary>
    public int Connections => _connections.Count;

    /// <summary>The number of connections so far.</summary>
    public int Made => Volatile.Read(ref _made);

    /// <summary>The number of connections that <see cref="CutAfter"/> has cut so far.</summary>
    public int Torn => Volatile.Read(ref _torn);

    /// <summary>Closes every connection with FIN, as a stopping server does.</summary>
    public void Cut() => EndAll(reset: false);

    /// <summary>Resets every connection, as a firewall or a restarted host does.</summary>
    public void Reset() => EndAll(reset: true);

    /// <summary>Drops all further bytes of existing connections without notification, as after a change of a router.</summary>
    public void Strand()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Strand();
        }
    }

    /// <summary>Keeps and accepts connections, but holds all bytes until <see cref="Heal"/>.</summary>
    public void BlackHole(Flow flow = Flow.Both) => Each(flow, lane => lane.Close());

    /// <summary>
    /// A black hole for the server's responses, from the chunk that contains these bytes for the nth time; completes then.
    /// </summary>
    public Task BlackHoleAtAsync(ReadOnlySpan<byte> bytes, int time) => _toClient.CloseAtAsync(bytes.ToArray(), time);

    /// <summary>Delays each chunk.</summary>
    public void Delay(TimeSpan delay, Flow flow = Flow.Both) => Each(flow, lane => lane.Slow(delay));

    /// <summary>Each connection carries this number of further bytes and is then closed, possibly within a message.</summary>
    public void CutAfter(int bytes, Flow flow) => Each(flow, lane => lane.Limit(bytes));

    /// <summary>Refuses new connections, as a host without a listener does. Existing connections stay open.</summary>
    public void Refuse()
    {
        lock (_gate)
        {
            var listener = _listener;
            Volatile.Write(ref _listener, null);
            listener?.Dispose();
        }
    }

    /// <summary>
    /// Connects new connections to another server, as after a failover behind one address. Existing connections are unchanged.
    /// </summary>
    /// <param name="port">The port of that server on 127.0.0.1.</param>
    public void MoveTo(int port) => Volatile.Write(ref _server, new(IPAddress.Loopback, port));

    /// <summary>Ends all faults.</summary>
    public void Heal()
    {
        Each(Flow.Both, lane => lane.Heal());
        lock (_gate)
        {
            if (_listener is null)
            {
                Listen();
            }
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
            {
                _ = ServeAsync(await listener.AcceptSocketAsync());
            }
        }
        // It refuses now. The exception depends on the progress of the call.
        catch (Exception) when (Volatile.Read(ref _listener) != listener) { }
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
            {
                Interlocked.Increment(ref _torn);
            }
        }
        catch (SocketException)
        {
            connection.End(reset: true); // The server does not listen.
        }
        catch (ObjectDisposedException) { } // It ended before it was established.
        finally
        {
            _connections.TryRemove(connection, out _);
            done.SetResult();
        }
    }

    void EndAll(bool reset)
    {
        foreach (var connection in _connections.Keys)
        {
            connection.End(reset);
        }
    }

    void Each(Flow flow, Action<Lane> change)
    {
        if (flow.HasFlag(Flow.ToServer))
        {
            change(_toServer);
        }

        if (flow.HasFlag(Flow.ToClient))
        {
            change(_toClient);
        }
    }
}
