using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Requests;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Bridge.Redis;

/// <summary>Hears what the Learning Platform publishes on Redis and writes it to the intake. It does not die of a message.</summary>
sealed class PlatformListener(
    RedisConnection redis,
    RequestTranslator translator,
    RequestIntake intake,
    Rejections rejections,
    BridgeInstruments instruments,
    IOptions<RequestOptions> options,
    TimeProvider time,
    ILogger<PlatformListener> logger) : BackgroundService
{
    public const string Channel = "channel_migrate_issue_tickets";

    readonly Channel<byte[]> _heard = System.Threading.Channels.Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });
    volatile bool _listens;
    long _lastMessageAt;

    /// <summary>Whether it has subscribed; from then on the connection sees to it that it stays so.</summary>
    public bool Listens => _listens;

    /// <summary>When something was last published; null before.</summary>
    public DateTimeOffset? LastMessageAt =>
        Volatile.Read(ref _lastMessageAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var subscription = await SubscribeAsync(stoppingToken);
        // What was heard before the stop is still written: nobody else may have heard it.
        await using var stop = stoppingToken.Register(() => _heard.Writer.TryComplete());
        await foreach (var message in _heard.Reader.ReadAllAsync(CancellationToken.None))
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

        _listens = true;
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
        _heard.Writer.TryWrite(message!);
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

    // The publisher is long gone: what cannot be written now is held here until Redis is back.
    async Task UntilWrittenAsync(Func<Task> write, CancellationToken stoppingToken)
    {
        for (var isWritten = false; !isWritten;)
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
