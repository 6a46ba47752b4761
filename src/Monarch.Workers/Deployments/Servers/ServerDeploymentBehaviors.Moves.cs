using MassTransit;
using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments.Servers;

/// <summary>The queueing of moves.</summary>
sealed partial class ServerDeploymentBehaviors
{
    /// <exception cref="ArgumentException">The id is not the id of an issue.</exception>
    public static Guid ServerOf(IssueMoved move) => ServerId.Of(Read(move).Project, move.Status);

    public Task Queue(BehaviorContext<ServerDeploymentState, QueueIssues> context)
    {
        var (saga, message) = (context.Saga, context.Message);
        (saga.Project, saga.Status) = (message.Project, message.Status);
        Take(saga, message.Moves.OrderBy(move => move.MovedAt).Select(move => (move.Number, move.MovedAt)));
        return NextAsync(context, [.. message.Moves.Select(move => move.IntakeId)]);
    }

    public Task Queue(BehaviorContext<ServerDeploymentState, IssueMoved> context)
    {
        var (saga, message) = (context.Saga, context.Message);
        (saga.Project, var number) = Read(message);
        saga.Status = message.Status;
        Take(saga, [(number, message.MovedAt)]);
        return NextAsync(context, []);
    }

    static (string Project, int Number) Read(IssueMoved move) =>
        IssueId.TryParse(move.IssueId, out var project, out var number)
            ? (project, number)
            : throw new ArgumentException(
                $"'{move.IssueId}' is not the id of an issue: {nameof(IssueMoved)}.{nameof(IssueMoved.IssueId)} must be PROJECT-NUMBER, "
                    + "such as ABC-123."
            );

    void Take(ServerDeploymentState saga, IEnumerable<(int Number, DateTimeOffset MovedAt)> moves)
    {
        var queued = new SortedSet<int>();
        foreach (var (number, movedAt) in moves)
        {
            var result = Take(saga, number, movedAt);
            instruments.Moved(result);
            if (result == MoveResult.Queued)
            {
                queued.Add(number);
            }
        }

        saga.Issues.Sort((one, other) => one.Number.CompareTo(other.Number));
        if (queued.Count > 0)
        {
            logger.IssuesQueued(NameOf(saga), string.Join(", ", queued.Select(number => IssueId.Of(saga.Project, number))));
        }
    }

    // Neither a duplicate nor a move that a deployment has overtaken restarts the quiet period or is deployed again.
    MoveResult Take(ServerDeploymentState saga, int number, DateTimeOffset namedAt)
    {
        var now = backoff.Now;
        var movedAt = namedAt > now + ClockTolerance ? now : namedAt;

        var known = saga.Known.Find(move => move.Number == number);
        if (known is null)
        {
            saga.Known.Add(known = new() { Number = number, MovedAt = movedAt });
        }
        else if (movedAt <= known.MovedAt || namedAt == known.NamedAt)
        {
            return MoveResult.Duplicate;
        }

        (known.MovedAt, known.NamedAt) = (movedAt, namedAt);
        if (movedAt < known.DeployedAt - ClockTolerance)
        {
            return MoveResult.Overtaken;
        }

        var queued = saga.Issues.Find(issue => issue.Number == number);
        var isFolded = queued is not null && !saga.IsCovered(queued);
        saga.Issues.RemoveAll(issue => issue.Number == number);
        saga.Issues.Add(
            new()
            {
                Number = number,
                MovedAt = movedAt,
                QueuedAt = isFolded ? queued!.QueuedAt : now,
                RequeuedAt = now,
            }
        );
        return isFolded ? MoveResult.Folded : MoveResult.Queued;
    }
}
