using System.Text;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Telemetry;
using Monarch.Contracts;
using Monarch.Contracts.Deployments;
using Monarch.Redis.Sagas;

namespace Monarch.Bridge.Deployments;

/// <summary>
/// Sends moves to the sagas of their servers, grouped by server. An entry stays until the saga confirms that it is saved; an entry that
/// stays too long is sent again, by any Bridge. The saga ignores duplicates.
/// </summary>
sealed class MovePump(
    [FromKeyedServices(MoveEntries.Stream)] IIntakeStream stream,
    MoveEntries entries,
    Rejections rejections,
    IBusControl bus,
    IOptions<IntakeOptions> options,
    TimeProvider time,
    ILogger<MovePump> logger
) : BackgroundService
{
    readonly IntakeSender _sender = new(bus, EndpointNames.ServerDeployment, options.Value.ResendAfter, time);
    readonly SemaphoreSlim _sending = new(1);

    public override void Dispose()
    {
        _sending.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new IntakeReader(stream, bus, options.Value.ResendAfter, time, logger, options.Value.CollectMovesFor).RunAsync(
            HandleAsync,
            stoppingToken
        );

    async Task HandleAsync(IReadOnlyList<IntakeEntry> read, CancellationToken cancellationToken)
    {
        var moves = new List<(Move Move, IntakeEntry Entry)>();
        foreach (var entry in read)
        {
            var (move, faults) = entries.Read(entry);
            if (move is null)
            {
                var fields = string.Join('\n', entry.Fields.Select(field => $"{field.Key}={field.Value}"));
                await rejections.AddAsync($"stream {MoveEntries.Stream}", Encoding.UTF8.GetBytes(fields), faults, cancellationToken);
                await stream.RemoveAsync(entry.Id, cancellationToken);
            }
            else
            {
                moves.Add((move, entry));
            }
        }

        // New and resent entries take turns: of two concurrent commands to one server one would not be sent.
        await _sending.WaitAsync(cancellationToken);
        try
        {
            foreach (var server in moves.GroupBy(move => (move.Move.Project, move.Move.Status)))
            {
                await SendAsync(server.Key.Project, server.Key.Status, [.. server]);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    async Task SendAsync(string project, IssueStatus status, IReadOnlyList<(Move Move, IntakeEntry Entry)> moves)
    {
        // Handled together, in the trace of the first.
        using var trace = MessageTrace.Begin(
            moves
                .Select(move => move.Entry.Fields.GetValueOrDefault(TraceParent.Header))
                .FirstOrDefault(parent => TraceParent.Of(parent) != default)
        );
        var command = new QueueIssues
        {
            ServerId = ServerId.Of(project, status),
            Project = project,
            Status = status,
            Moves =
            [
                .. moves.Select(move => new ReportedMove
                {
                    Number = move.Move.Number,
                    MovedAt = move.Move.At!.Value,
                    IntakeId = move.Entry.Id,
                }),
            ],
        };
        if (await _sender.TrySendAsync(command.ServerId, command))
        {
            logger.MovesSent(moves.Count, project, status);
        }
    }
}
