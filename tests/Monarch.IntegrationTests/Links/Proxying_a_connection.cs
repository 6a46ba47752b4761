using System.Net;
using System.Net.Sockets;
using System.Text;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Links;

/// <summary>The proxy between a client and a server that are plain sockets.</summary>
public sealed class Proxying_a_connection : IAsyncLifetime
{
    static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(150);

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly List<Socket> _sockets = [];
    TcpProxy _proxy = null!;

    public ValueTask InitializeAsync()
    {
        _listener.Start();
        _proxy = new(((IPEndPoint)_listener.LocalEndpoint).Port);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _sockets.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }

    [Fact]
    public async Task Should_carry_both_ways_and_pass_on_each_end()
    {
        var (client, server) = await ConnectAsync();
        await SendAsync(client, "ping");
        client.Shutdown(SocketShutdown.Send);
        (await ReadAsync(server)).ShouldBe("ping");
        (await ReadAsync(server)).ShouldBe("");

        await SendAsync(server, "pong");
        (await ReadAsync(client)).ShouldBe("pong");
        server.Shutdown(SocketShutdown.Send);
        (await ReadAsync(client)).ShouldBe("");
        await Until.TrueAsync(() => _proxy.Connections == 0, "the connection is over");
    }

    [Fact]
    public async Task Should_cut_in_order()
    {
        var (client, server) = await ConnectAsync();
        _proxy.Cut();
        (await ReadAsync(client)).ShouldBe("");
        (await ReadAsync(server)).ShouldBe("");
        await ShouldWorkAsync();
    }

    [Fact]
    public async Task Should_reset()
    {
        var (client, server) = await ConnectAsync();
        _proxy.Reset();
        await ShouldBeResetAsync(client);
        await ShouldBeResetAsync(server);
        await ShouldWorkAsync();
    }

    [Fact]
    public async Task Should_pass_on_a_reset()
    {
        var (client, server) = await ConnectAsync();
        server.LingerState = new(true, 0);
        server.Dispose();
        await ShouldBeResetAsync(client);
    }

    [Fact]
    public async Task Should_hold_bytes_in_a_black_hole_and_release_them_when_healed()
    {
        var (client, server) = await ConnectAsync();
        _proxy.BlackHole();
        var (other, itsServer) = await ConnectAsync();
        await SendAsync(client, "ping");
        await SendAsync(server, "pong");
        await SendAsync(other, "other");
        await ShouldHearNothingAsync(client, server, itsServer);

        _proxy.Heal();
        (await ReadAsync(server)).ShouldBe("ping");
        (await ReadAsync(client)).ShouldBe("pong");
        (await ReadAsync(itsServer)).ShouldBe("other");
    }

    [Fact]
    public async Task Should_hold_one_direction_only()
    {
        var (client, server) = await ConnectAsync();
        _proxy.BlackHole(Flow.ToClient);
        await SendAsync(client, "ping");
        (await ReadAsync(server)).ShouldBe("ping");
        await SendAsync(server, "pong");
        server.Dispose();
        await ShouldHearNothingAsync(client);

        _proxy.Reset();
        await ShouldBeResetAsync(client);
    }

    [Fact]
    public async Task Should_hold_responses_from_a_marker_on()
    {
        var (client, server) = await ConnectAsync();
        var held = _proxy.BlackHoleAtAsync("po"u8, time: 2);
        await SendAsync(server, "pong");
        (await ReadAsync(client)).ShouldBe("pong");
        await SendAsync(server, "ping");
        (await ReadAsync(client)).ShouldBe("ping");
        held.IsCompleted.ShouldBeFalse();

        await SendAsync(server, "a pong");
        await held.WaitAsync(Until.Generous, TimeProvider.System, Token);
        await ShouldHearNothingAsync(client);
        await SendAsync(client, "ping");
        (await ReadAsync(server)).ShouldBe("ping");

        _proxy.Heal();
        (await ReadAsync(client)).ShouldBe("a pong");
    }

    [Fact]
    public async Task Should_strand_existing_connections_permanently()
    {
        var (client, server) = await ConnectAsync();
        _proxy.Strand();
        await SendAsync(client, "ping");
        server.Dispose();
        _proxy.Heal();
        await ShouldWorkAsync();
        await ShouldHearNothingAsync(client);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_drop_held_bytes_of_connections_that_it_ends(bool reset)
    {
        List<Socket> servers = [];
        for (var i = 0; i < 100; i++)
        {
            var (client, server) = await ConnectAsync();
            servers.Add(server);
            _proxy.Strand();
            await SendAsync(client, "late");
        }
        await ShouldHearNothingAsync(servers[^1]);

        if (reset)
        {
            _proxy.Reset();
        }
        else
        {
            _proxy.Cut();
        }

        foreach (var server in servers)
        {
            await (reset ? ShouldBeResetAsync(server) : ShouldHaveEndedAsync(server));
        }
    }

    [Fact]
    public async Task Should_delay_each_chunk()
    {
        var (client, server) = await ConnectAsync();
        _proxy.Delay(AWhile, Flow.ToServer);
        await SendAsync(client, "ping");
        (await ReadAsync(server)).ShouldBe("ping");

        _proxy.Delay(TimeSpan.FromHours(1), Flow.ToServer);
        await SendAsync(client, "ping");
        await SendAsync(server, "pong");
        (await ReadAsync(client)).ShouldBe("pong");
        await ShouldHearNothingAsync(server);
    }

    [Fact]
    public async Task Should_cut_each_connection_after_a_number_of_bytes()
    {
        var (client, server) = await ConnectAsync();
        await SendAsync(server, "before");
        (await ReadAsync(client)).ShouldBe("before");
        _proxy.CutAfter(8, Flow.ToClient);
        var (other, itsServer) = await ConnectAsync();

        foreach (var (one, end) in new[] { (client, server), (other, itsServer) })
        {
            await SendAsync(one, "much more than eight bytes");
            (await ReadAsync(end)).ShouldBe("much more than eight bytes");
            await SendAsync(end, "12345");
            (await ReadAsync(one)).ShouldBe("12345");
            await SendAsync(end, "67890");
            (await ReadAsync(one)).ShouldBe("678");
            (await ReadAsync(one)).ShouldBe("");
        }
        await Until.TrueAsync(() => _proxy.Torn == 2, "both are counted");
        _proxy.Heal();
        await ShouldWorkAsync();
    }

    [Fact]
    public async Task Should_refuse_new_connections_and_keep_the_others()
    {
        var (client, server) = await ConnectAsync();
        _proxy.Refuse();
        (await Should.ThrowAsync<SocketException>(ConnectAsync)).SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
        await SendAsync(client, "ping");
        (await ReadAsync(server)).ShouldBe("ping");

        _proxy.Heal();
        await ShouldWorkAsync();
    }

    [Fact]
    public async Task Should_stop_cleanly_when_it_refuses_during_an_accept()
    {
        for (var i = 0; i < 500; i++)
        {
            await using var proxy = new TcpProxy(((IPEndPoint)_listener.LocalEndpoint).Port);
            using var client = await ConnectAsync(proxy.Port);
            proxy.Refuse();
        }
    }

    [Fact]
    public async Task Should_reset_the_client_of_an_unreachable_server()
    {
        _listener.Stop();

        // The reset may come before the client has seen that it is connected.
        await ShouldBeResetAsync(async () => await ReadAsync(await ConnectAsync(_proxy.Port)));
    }

    async Task ShouldWorkAsync()
    {
        var (client, server) = await ConnectAsync();
        await SendAsync(client, "more");
        (await ReadAsync(server)).ShouldBe("more");
    }

    static async Task ShouldHaveEndedAsync(Socket socket) => (await ReadAsync(socket)).ShouldBe("");

    static Task ShouldBeResetAsync(Socket socket) => ShouldBeResetAsync(() => ReadAsync(socket));

    static async Task ShouldBeResetAsync(Func<Task> use) =>
        (await Should.ThrowAsync<SocketException>(use)).SocketErrorCode.ShouldBe(SocketError.ConnectionReset);

    // That nothing comes can only be seen by waiting for it.
    static async Task ShouldHearNothingAsync(params Socket[] sockets)
    {
        foreach (var socket in sockets)
        {
            (await Task.Run(() => socket.Poll(AWhile, SelectMode.SelectRead), Token)).ShouldBeFalse();
        }
    }

    async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        var client = await ConnectAsync(_proxy.Port);
        var server = await _listener.AcceptSocketAsync(Token).AsTask().WaitAsync(Until.Generous, TimeProvider.System, Token);
        _sockets.Add(server);
        return (client, server);
    }

    async Task<Socket> ConnectAsync(int port)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(client);
        await client.ConnectAsync(IPAddress.Loopback, port, Token).AsTask().WaitAsync(Until.Generous, TimeProvider.System, Token);
        return client;
    }

    static async Task SendAsync(Socket socket, string text) => await socket.SendAsync(Encoding.UTF8.GetBytes(text), Token);

    static async Task<string> ReadAsync(Socket socket)
    {
        var buffer = new byte[100];
        return Encoding.UTF8.GetString(
            buffer.AsSpan(0, await socket.ReceiveAsync(buffer, Token).AsTask().WaitAsync(Until.Generous, TimeProvider.System, Token))
        );
    }
}
