using Monarch.Hosting.Bus.Client;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using RabbitMQ.Client;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Bus;

/// <summary>The broker reads nothing while all buffers are full of publishes; then it closes the connection, or is silent.</summary>
public sealed class Losing_RabbitMQ_in_the_middle_of_many_publishes(Servers servers)
{
    [Theory]
    [InlineData(Flow.ToServer, 1)]
    // The shortest limit of silence is ten seconds; the client's own limit is fifteen.
    [InlineData(Flow.Both, 5)]
    public async Task Should_notify_every_channel_and_fail_every_publish(Flow lost, int heartbeat)
    {
        var broker = await servers.RabbitMqAsync();
        await using var proxy = new TcpProxy(broker.Port);
        var ends = new BrokerEnds(TimeProvider.System);
        var connections = new ConnectionFactory
        {
            Uri = new UriBuilder(broker) { Port = proxy.Port }.Uri,
            RequestedHeartbeat = TimeSpan.FromSeconds(heartbeat),
            AutomaticRecoveryEnabled = false,
        };
        BrokerSocket.UseFor(connections, ends, TimeProvider.System);
        await using var connection = await connections.CreateConnectionAsync(Token);
        var notified = 0;
        var channels = new List<IChannel> { await CreateChannelAsync(), await CreateChannelAsync(), await CreateChannelAsync() };

        proxy.BlackHole(lost);
        var publishes = channels.SelectMany(PublishMuch).ToList();

        await Until.TrueAsync(
            () => Volatile.Read(ref notified) == channels.Count,
            "every channel is notified",
            state: () => $"{notified} are"
        );
        await Until.TrueAsync(() => ends.Longest == TimeSpan.Zero, "the client has closed the connection");
        await Until.TrueAsync(
            () => publishes.TrueForAll(x => x.IsCompleted),
            "no publish is pending",
            state: () => $"{publishes.Count(x => !x.IsCompleted)} are"
        );

        async Task<IChannel> CreateChannelAsync()
        {
            var channel = await connection.CreateChannelAsync(
                new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
                Token
            );
            // What MassTransit does.
            channel.ChannelShutdownAsync += (_, _) =>
            {
                Interlocked.Increment(ref notified);
                _ = Task.Run(async () => await channel.DisposeAsync());
                return Task.CompletedTask;
            };
            return channel;
        }
    }

    static IEnumerable<Task> PublishMuch(IChannel channel)
    {
        var heavy = new byte[128 * 1024];
        return Enumerable
            .Range(0, 300)
            .Select(_ =>
                channel.BasicPublishAsync("amq.fanout", "", mandatory: false, new BasicProperties(), heavy, CancellationToken.None).AsTask()
            );
    }
}
