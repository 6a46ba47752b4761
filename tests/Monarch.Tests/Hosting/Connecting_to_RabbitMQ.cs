using System.Net;
using System.Net.Sockets;
using Monarch.Hosting.Bus.Client;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Connecting_to_RabbitMQ : IDisposable
{
    static readonly TimeSpan SoonEnough = TimeSpan.FromSeconds(30);

    readonly TcpListener _broker = new(IPAddress.Loopback, 0);
    readonly CancellationToken _token = TestContext.Current.CancellationToken;

    public Connecting_to_RabbitMQ() => _broker.Start();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task Should_fail_when_the_connection_ends_within_a_frame()
    {
        var connecting = ConnectAsync(silence: TimeSpan.FromMinutes(1));
        using (var connection = await _broker.AcceptSocketAsync(_token))
        {
            // "AMQP" and the version: the client is reading now.
            await connection.ReceiveAsync(new byte[8], _token);
            // A method on channel 0, of 500 bytes.
            await connection.SendAsync(new byte[] { 1, 0, 0, 0, 0, 1, 244, 0, 10 }, _token);
            connection.Shutdown(SocketShutdown.Send);
            await FailAsync(connecting, "The broker has closed the connection.");
        }
    }

    [Fact]
    public async Task Should_fail_when_the_broker_does_not_respond()
    {
        var connecting = ConnectAsync(silence: TimeSpan.FromSeconds(0.2));
        using var connection = await _broker.AcceptSocketAsync(_token);
        await FailAsync(connecting, "The broker was silent for 0 seconds.");
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(10, 20)]
    // The broker's heartbeat, 60 seconds if it is not configured.
    [InlineData(0, 120)]
    public void Should_allow_silence_for_two_heartbeats_and_at_least_ten_seconds(int heartbeat, int seconds) =>
        BrokerSocket.LongestSilence(TimeSpan.FromSeconds(heartbeat)).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public async Task Should_not_record_a_closed_connection_as_lost()
    {
        var ends = new BrokerEnds(TimeProvider.System);
        using var connection = Create(TimeSpan.FromMinutes(1), ends);
        await connection.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)_broker.LocalEndpoint).Port, _token);
        var reading = connection.GetStream().ReadAsync(new byte[1], _token).AsTask();

        connection.Close();

        await Should.ThrowAsync<IOException>(reading);
        ends.Longest.ShouldBe(TimeSpan.Zero);
    }

    async Task FailAsync(Task connecting, string why)
    {
        var failure = await Should.ThrowAsync<BrokerUnreachableException>(() => connecting.WaitAsync(SoonEnough, _token));
        failure.ToString().ShouldContain(why);
    }

    Task<IConnection> ConnectAsync(TimeSpan silence) =>
        new ConnectionFactory
        {
            HostName = "127.0.0.1",
            Port = ((IPEndPoint)_broker.LocalEndpoint).Port,
            AutomaticRecoveryEnabled = false,
            SocketFactory = _ => Create(silence, new(TimeProvider.System)),
        }.CreateConnectionAsync(_token);

    static BrokerSocket Create(TimeSpan silence, BrokerEnds ends) =>
        new(new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), silence, ends, TimeProvider.System);
}
