using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Requests;
using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Redis;

namespace Monarch.Bridge.Intake;

/// <summary>
/// Sends what waits in the intake to its batch saga. An entry stays until the saga says that it is saved; one that stays too long
/// is sent again, by any Bridge. The saga answers a repetition again and does nothing else.
/// </summary>
sealed class IntakePump(
    IIntakeStream stream,
    RequestTranslator translator,
    Rejections rejections,
    IStatusStore status,
    IBusControl bus,
    IOptions<IntakeOptions> options,
    TimeProvider time,
    ILogger<IntakePump> logger) : BackgroundService
{
    static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<Guid, Task> _underWay = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What is sent to a queue that nobody has declared yet is lost, and sent again only after a while.
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
        await Task.WhenAll(
            RepeatAsync(stream.ReadNewAsync, TimeSpan.Zero, stoppingToken),
            RepeatAsync(token => stream.ReadAgainAsync(options.Value.ResendAfter, token), options.Value.ResendAfter, stoppingToken));
    }

    async Task RepeatAsync(Func<CancellationToken, Task<IReadOnlyList<IntakeEntry>>> read, TimeSpan pause, CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var entry in await read(stoppingToken))
                {
                    await TryHandleAsync(entry, stoppingToken);
                }

                failing = false;
                await Task.Delay(pause, time, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever was read is still there and is read again later. Said once an outage.
                if (!failing)
                {
                    logger.IntakeInterrupted(e);
                }

                failing = true;
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    // An outage ends the round; a fault of one entry does not hold up the others.
    async Task TryHandleAsync(IntakeEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await HandleAsync(entry, cancellationToken);
        }
        catch (Exception e) when (e is not (RedisUnavailableException or ConnectionException or TimeoutException or OperationCanceledException))
        {
            logger.EntryFailed(e, entry.Id);
        }
    }

    async Task HandleAsync(IntakeEntry entry, CancellationToken cancellationToken)
    {
        var hasMessage = entry.Fields.TryGetValue(IntakeEntry.Message, out var text);
        var message = Encoding.UTF8.GetBytes(text ?? "");
        var (request, faults) = hasMessage
            ? translator.Read(message)
            : (null, [new("The entry", $"of {RedisIntakeStream.Key} has no field '{IntakeEntry.Message}': XADD {RedisIntakeStream.Key} * {IntakeEntry.Message} '{{…}}'.")]);
        if (request is null)
        {
            await rejections.AddAsync($"stream {RedisIntakeStream.Key}", message, faults, cancellationToken);
            await stream.RemoveAsync(entry.Id, cancellationToken);
            return;
        }

        // An entry that a publisher wrote itself has no batch id: it gets one that is the same whenever it is read.
        var batchId = Guid.TryParse(entry.Fields.GetValueOrDefault(IntakeEntry.Batch), out var given) ? given : Named(entry.Id);
        var requestedAt = ReceivedAt(entry);
        // For such an entry, and for one whose Bridge died before it could say so.
        await status.ApplyAsync(QueuedBatch.From(batchId, request, requestedAt), cancellationToken);
        await SendAsync(new MigrateIssues
        {
            BatchId = batchId,
            Source = request.Source,
            Targets = request.Targets,
            NotificationChannel = request.NotificationChannel,
            RequestedAt = requestedAt,
            Recreate = request.Recreate,
            Unordered = request.Unordered,
            IntakeId = entry.Id,
        });
    }

    // A send that takes too long goes on by itself; while it does, the entry is not sent again, or a long outage would end with a copy
    // for every try.
    async Task SendAsync(MigrateIssues command)
    {
        if (_underWay.TryGetValue(command.BatchId, out var earlier) && !earlier.IsCompleted)
        {
            return;
        }

        var send = SendNowAsync(command);
        _underWay[command.BatchId] = send;
        await send.WaitAsync(LongestSend, time);
        _underWay.TryRemove(command.BatchId, out _);
        logger.RequestSent(command.BatchId, command.Source, command.Targets.Count);
    }

    async Task SendNowAsync(MigrateIssues command)
    {
        var endpoint = await bus.GetSendEndpoint(EndpointNames.Address(EndpointNames.MigrationBatch));
        await Confirmation.OfAsync(
            written => endpoint.Send(
                command,
                context =>
                {
                    context.MessageId = Named($"{command.BatchId}");
                    written();
                },
                CancellationToken.None),
            time);
    }

    DateTimeOffset ReceivedAt(IntakeEntry entry) =>
        DateTimeOffset.TryParse(
            entry.Fields.GetValueOrDefault(IntakeEntry.Received), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var received)
            ? received
            : long.TryParse(entry.Id.AsSpan(0, entry.Id.IndexOf('-')), CultureInfo.InvariantCulture, out var milliseconds)
                && milliseconds is > 1_000_000_000_000 and < 100_000_000_000_000 // A publisher may have chosen the id itself.
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : time.GetUtcNow();

    static Guid Named(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
