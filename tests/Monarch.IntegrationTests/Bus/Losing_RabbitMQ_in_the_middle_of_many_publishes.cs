using Monarch.Hosting.Bus;
using Monarch.Testing;
using RabbitMQ.Client;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Bus;

/// <summary>
/// The broker reads nothing any more while so much is published that all buffers on the way are full, until it closes the connection. RabbitMQ.Client
/// tells its channels one after the other.
/// </summary>
public sealed class Losing_RabbitMQ_in_the_middle_of_many_publishes(Servers servers)
{
    [Fact]
    public async Task Should_be_heard_by_all_who_use_the_connection()
    {
        var broker = await servers.RabbitMqAsync();
        await using var proxy = new TcpProxy(broker.Port);
        var ends = new BrokerEnds(TimeProvider.System);
        var connections = new ConnectionFactory
        {
            Uri = new UriBuilder(broker) { Port = proxy.Port }.Uri,
            RequestedHeartbeat = TimeSpan.FromSeconds(1),
            AutomaticRecoveryEnabled = false,
        };
        BrokerSocket.UseFor(connections, ends, TimeProvider.System);
        await using var connection = await connections.CreateConnectionAsync(Token);
        var heard = 0;
        var channels = new List<IChannel> { await CreateChannelAsync(), await CreateChannelAsync(), await CreateChannelAsync() };

        proxy.BlackHole(Flow.ToServer);
        foreach (var channel in channels)
            PublishMuch(channel);

        await Until.TrueAsync(() => Volatile.Read(ref heard) == channels.Count, "every channel has heard of the end", state: () => $"{heard} have");
        await Until.TrueAsync(() => ends.Longest == TimeSpan.Zero, "nobody is waited for");

        async Task<IChannel> CreateChannelAsync()
        {
            var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Token);
            // What MassTransit does.
            channel.ChannelShutdownAsync += (_, _) =>
            {
                Interlocked.Increment(ref heard);
                _ = Task.Run(async () => await channel.DisposeAsync());
                return Task.CompletedTask;
            };
            return channel;
        }
    }

    static void PublishMuch(IChannel channel)
    {
        var heavy = new byte[128 * 1024];
        for (var i = 0; i < 300; i++)
            _ = channel.BasicPublishAsync("amq.fanout", "", mandatory: false, new BasicProperties(), heavy, CancellationToken.None).AsTask();
    }
}
