using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Intake;
using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>The pending moves: moves that no saga has saved yet, and the queues of the servers.</summary>
sealed class MoveQueue(
    [FromKeyedServices(MoveEntries.Stream)] IIntakeStream stream,
    MoveEntries entries,
    IServerViews views,
    ServerSteering steering,
    TimeProvider time
)
{
    const string Actor = "DELETE /messages/";

    /// <summary>Each issue once for each status, in the order of the moves.</summary>
    public async Task<IReadOnlyList<Move>> ListAsync(MoveFilter filter, CancellationToken cancellationToken)
    {
        // In this order: a move is removed from the stream only after the view of its server contains it.
        var waiting = await WaitingAsync(filter, cancellationToken);
        return Ordered([.. waiting.Select(entry => entry.Move), .. await ShownAsync(filter, cancellationToken)]);
    }

    /// <summary>Removes the moves that are listed now; later moves stay, unless they are of the same issues.</summary>
    /// <returns>An answer for each server; empty when nothing matches, null when some moves were not saved in time.</returns>
    public async Task<IReadOnlyList<SteeringAnswer>?> RemoveAsync(MoveFilter filter, CancellationToken cancellationToken)
    {
        var wait = new BriefWait(time);
        var waiting = await WaitingAsync(filter, cancellationToken);
        var moves = Ordered([.. waiting.Select(entry => entry.Move), .. await ShownAsync(filter, cancellationToken)]);
        var ids = waiting.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        // A saga cannot remove moves that it has not received yet.
        if (await wait.UntilAsync<object>(async () => await AnyAsync(ids, cancellationToken) ? null : ids, cancellationToken) is null)
        {
            return null;
        }

        return await Task.WhenAll(
            moves
                .GroupBy(move => (move.Project, move.Status))
                .Select(server =>
                    steering.SteerAsync(
                        new()
                        {
                            ServerId = ServerId.Of(server.Key.Project, server.Key.Status),
                            Project = server.Key.Project,
                            Status = server.Key.Status,
                            CommandId = Guid.NewGuid(),
                            Kind = SteeringKind.Drop,
                            Actor = Actor,
                            RequestedAt = time.GetUtcNow(),
                            Issues = [.. server.Select(move => move.Number).Order()],
                        },
                        wait,
                        cancellationToken
                    )
                )
        );
    }

    async Task<IReadOnlyList<(string Id, Move Move)>> WaitingAsync(MoveFilter filter, CancellationToken cancellationToken) =>
        [
            .. from entry in await stream.ReadAllAsync(cancellationToken)
            let move = entries.Read(entry).Move
            where move is not null && filter.Matches(move.Project, move.Status)
            select (entry.Id, move),
        ];

    async Task<IReadOnlyList<Move>> ShownAsync(MoveFilter filter, CancellationToken cancellationToken) =>
        [
            .. from server in await views.ListAsync(cancellationToken)
            where filter.Matches(server.Project, server.Status)
            from issue in server.Issues
            select new Move(server.Project, issue.Number, server.Status, issue.MovedAt),
        ];

    async Task<bool> AnyAsync(HashSet<string> ids, CancellationToken cancellationToken) =>
        ids.Count > 0 && (await stream.ReadAllAsync(cancellationToken)).Any(entry => ids.Contains(entry.Id));

    static IReadOnlyList<Move> Ordered(IEnumerable<Move> moves) =>
        [
            .. moves
                .GroupBy(move => (move.Project, move.Number, move.Status))
                .Select(same => same.MaxBy(move => move.At)!)
                .OrderBy(move => move.At)
                .ThenBy(move => move.Project, StringComparer.Ordinal)
                .ThenBy(move => move.Number)
                .ThenBy(move => move.Status),
        ];
}
