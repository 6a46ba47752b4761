using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Telemetry;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Bridge.Intake;

/// <summary>Receives the Learning Platform's publications on Redis and writes them to the intake. No message stops it.</summary>
sealed class PlatformListener(
    RedisConnection redis,
    RequestTranslator translator,
    RequestIntake intake,
    Rejections rejections,
    BridgeInstruments instruments,
    IOptions<RequestOptions> options,
    TimeProvider time,
    ILogger<PlatformListener> logger
) : BackgroundService
{
    public const string Channel = "channel_migrate_issue_tickets";

    readonly Channel<byte[]> _received = System.Threading.Channels.Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });
    volatile bool _isListening;
    long _lastMessageAt;

    /// <summary>Whether it has subscribed; the connection then maintains the subscription.</summary>
    public bool IsListening => _isListening;

    /// <summary>When a message was last received (UTC); null before the first.</summary>
    public DateTimeOffset? LastMessageAt =>
        Volatile.Read(ref _lastMessageAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var subscription = await SubscribeAsync(stoppingToken);
        // Messages received before the stop are still written: no other Bridge may have received them.
        await using var stop = stoppingToken.Register(() => _received.Writer.TryComplete());
        await foreach (var message in _received.Reader.ReadAllAsync(CancellationToken.None))
        {
            await UntilWrittenAsync(() => HandleAsync(message, CancellationToken.None), stoppingToken);
        }
    }

    async Task<IAsyncDisposable> SubscribeAsync(CancellationToken stoppingToken)
    {
        IAsyncDisposable? subscription = null;
        while (subscription is null)
        {
            try
            {
                subscription = await redis.SubscribeAsync(Channel, Receive, stoppingToken);
            }
            catch (RedisUnavailableException e)
            {
                logger.CannotListen(e, Channel);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }

        _isListening = true;
        logger.Listening(Channel);
        if (options.Value.AllowsAnyOwner)
        {
            logger.AnyOwnerAllowed();
        }

        return subscription;
    }

    void Receive(RedisValue message)
    {
        Volatile.Write(ref _lastMessageAt, time.GetUtcNow().UtcTicks);
        _received.Writer.TryWrite(message!);
    }

    async Task HandleAsync(byte[] message, CancellationToken cancellationToken)
    {
        var (request, faults) = translator.Read(message);
        if (request is null)
        {
            await rejections.AddAsync($"channel {Channel}", message, faults, cancellationToken);
            return;
        }

        using var span = RequestSpan.Begin(Channel, request.TraceParent);
        var batchId = await intake.AddPublicationAsync(request, cancellationToken);
        instruments.Accepted();
        logger.RequestAccepted(batchId, request.Source, request.Targets.Count, $"channel {Channel}");
    }

    // The publisher does not wait: a message that cannot be written now is held here until Redis is available again.
    async Task UntilWrittenAsync(Func<Task> write, CancellationToken stoppingToken)
    {
        var isWritten = false;
        while (!isWritten)
        {
            try
            {
                await write();
                isWritten = true;
            }
            catch (RedisUnavailableException e)
            {
                logger.CannotWriteIntake(e);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
            catch (Exception e)
            {
                logger.PublicationFailed(e);
                return;
            }
        }
    }
}
