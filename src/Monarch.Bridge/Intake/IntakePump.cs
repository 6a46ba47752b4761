using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Status;
using Monarch.Bridge.Telemetry;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Outages;
using Monarch.Redis.Sagas;

namespace Monarch.Bridge.Intake;

/// <summary>
/// Sends the entries of the intake to their sagas. An entry stays until the saga confirms that it is saved; an entry that stays too long
/// is sent again, by any Bridge. The saga only repeats its answer to a duplicate.
/// </summary>
sealed class IntakePump(
    IIntakeStream stream,
    RequestTranslator translator,
    Rejections rejections,
    IStatusStore status,
    IBusControl bus,
    IOptions<IntakeOptions> options,
    TimeProvider time,
    ILogger<IntakePump> logger
) : BackgroundService
{
    static readonly RequestFault NoMessage = new(
        "The entry",
        $"of {IntakeEntry.Requests} has no field '{IntakeEntry.Message}': XADD {IntakeEntry.Requests} * {IntakeEntry.Message} '{{…}}'."
    );

    readonly IntakeSender _sender = new(bus, EndpointNames.MigrationBatch, options.Value.ResendAfter, time);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new IntakeReader(stream, bus, options.Value.ResendAfter, time, logger).RunAsync(HandleAsync, stoppingToken);

    async Task HandleAsync(IReadOnlyList<IntakeEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            await TryHandleAsync(entry, cancellationToken);
        }
    }

    // An outage ends the round; a fault of one entry does not block the others.
    async Task TryHandleAsync(IntakeEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await HandleAsync(entry, cancellationToken);
        }
        catch (Exception e)
            when (e is not (RedisUnavailableException or ConnectionException or TimeoutException or OperationCanceledException))
        {
            logger.EntryFailed(e, entry.Id);
        }
    }

    async Task HandleAsync(IntakeEntry entry, CancellationToken cancellationToken)
    {
        var hasMessage = entry.Fields.TryGetValue(IntakeEntry.Message, out var text);
        var message = Encoding.UTF8.GetBytes(text ?? "");
        var (request, faults) = hasMessage ? translator.Read(message) : (null, [NoMessage]);
        if (request is null)
        {
            await RefuseAcceptedAsync(entry, faults, cancellationToken);
            await rejections.AddAsync($"stream {IntakeEntry.Requests}", message, faults, cancellationToken);
            await stream.RemoveAsync(entry.Id, cancellationToken);
            return;
        }

        // An entry of another publisher has no migration id: its id is derived from the entry, the same on every read.
        var batchId = Guid.TryParse(entry.Fields.GetValueOrDefault(IntakeEntry.Batch), out var given) ? given : DeriveId(entry.Id);
        var requestedAt = ReceivedAt(entry);
        // An entry without a trace starts one here.
        using var span = request.TraceParent is null ? RequestSpan.Begin(IntakeEntry.Requests, null) : null;
        request = request with { TraceParent = request.TraceParent ?? TraceParent.Keep() };
        using var trace = MessageTrace.Begin(request.TraceParent, new Dictionary<string, string> { [TraceTags.Migration] = $"{batchId}" });
        // For such an entry, and for one whose Bridge died before this update.
        await status.ApplyAsync(QueuedBatch.From(batchId, request, requestedAt), cancellationToken);
        await SendAsync(
            new MigrateIssues
            {
                BatchId = batchId,
                Source = request.Source,
                Targets = request.Targets,
                NotificationChannel = request.NotificationChannel,
                RequestedAt = requestedAt,
                Recreate = request.Recreate,
                Copy = request.Copy,
                IntakeId = entry.Id,
            }
        );
    }

    // A Bridge with other settings accepted it, and its caller polls the state.
    async Task RefuseAcceptedAsync(IntakeEntry entry, IReadOnlyList<RequestFault> faults, CancellationToken cancellationToken)
    {
        if (
            Guid.TryParse(entry.Fields.GetValueOrDefault(IntakeEntry.Batch), out var batchId)
            && await status.FindAsync(batchId, cancellationToken) is { Status: BatchStatus.Queued } accepted
        )
        {
            await status.ApplyAsync(QueuedBatch.Refused(accepted, faults, time.GetUtcNow()), cancellationToken);
        }
    }

    async Task SendAsync(MigrateIssues command)
    {
        if (await _sender.TrySendAsync(command.BatchId, command, DeriveId($"{command.BatchId}")))
        {
            logger.RequestSent(command.BatchId, command.Source, command.Targets.Count);
        }
    }

    DateTimeOffset ReceivedAt(IntakeEntry entry) =>
        DateTimeOffset.TryParse(
            entry.Fields.GetValueOrDefault(IntakeEntry.Received),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var received
        )
            ? received
            : entry.AddedAt ?? time.GetUtcNow();

    static Guid DeriveId(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
