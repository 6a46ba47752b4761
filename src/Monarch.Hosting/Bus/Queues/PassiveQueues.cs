using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Monarch.Hosting.Bus.Queues;

/// <summary>
/// Reads each queue by its name, over AMQP. A passive declaration of a queue that does not exist closes the channel and is logged by the
/// broker, so a missing queue is retried after 15 s, with a delay that doubles up to ten minutes.
/// </summary>
sealed class PassiveQueues(IOptions<RabbitMqOptions> options, QueueNames names, HostRole role, TimeProvider time)
    : IQueueLengths,
        IAsyncDisposable
{
    static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(15);
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(5);

    readonly Dictionary<string, (long AskedAt, TimeSpan Wait)> _missing = [];
    IConnection? _connection;

    public async Task<IReadOnlyList<QueueLength>?> ReadAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken);
        IChannel? channel = null;
        var lengths = new List<QueueLength>();
        try
        {
            foreach (var name in names.All.Where(IsDue))
            {
                channel ??= await connection.CreateChannelAsync(cancellationToken: cancellationToken);
                try
                {
                    var queue = await channel.QueueDeclarePassiveAsync(name, cancellationToken);
                    lengths.Add(new(name, queue.MessageCount, null, queue.ConsumerCount));
                    _missing.Remove(name);
                }
                catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
                {
                    _missing[name] = (time.GetTimestamp(), NextWait(name));
                    await CloseAsync(channel);
                    channel = null;
                }
            }
        }
        finally
        {
            await CloseAsync(channel);
        }

        return lengths;
    }

    public async ValueTask DisposeAsync() => await CloseAsync(Interlocked.Exchange(ref _connection, null));

    bool IsDue(string name) => !_missing.TryGetValue(name, out var missing) || time.GetElapsedTime(missing.AskedAt) >= missing.Wait;

    TimeSpan NextWait(string name) =>
        !_missing.TryGetValue(name, out var missing) ? ShortestWait
        : missing.Wait * 2 < LongestWait ? missing.Wait * 2
        : LongestWait;

    // RabbitMQ.Client may hang while it closes a lost connection.
    async Task CloseAsync(IAsyncDisposable? open)
    {
        if (open is not null)
        {
            await open.DisposeAsync().AsTask().WaitAsync(LongestClose, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: true } open)
        {
            return open;
        }

        await DisposeAsync();
        if (!RabbitMqAddress.TryParse(options.Value, out var broker))
        {
            throw new InvalidOperationException("RabbitMQ has no address.");
        }

        var factory = broker.Connections(
            $"monarch {role} on {Environment.MachineName}, process {Environment.ProcessId}: lengths of queues",
            LongestConnect
        );
        return _connection = await factory.CreateConnectionAsync(cancellationToken);
    }
}
