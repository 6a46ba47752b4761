using System.Collections.Concurrent;
using Monarch.Contracts.Deployments;
using Monarch.Hosting.Settings;

namespace Monarch.Tests.Bridge.Deployments;

/// <summary>Takes the place of the servers' sagas: keeps the queues, and prepares a deployment on the command to deploy.</summary>
sealed class ServerStandIn(DeploymentServers servers)
{
    readonly Lock _gate = new();
    readonly ConcurrentQueue<QueueIssues> _received = [];
    readonly ConcurrentQueue<SteerServer> _commands = [];
    readonly Dictionary<Guid, ServerProgressed> _servers = [];
    long _version;

    /// <summary>The messages of the Bridge, in order.</summary>
    public IReadOnlyList<QueueIssues> Received => [.. _received];

    public IReadOnlyList<SteerServer> Commands => [.. _commands];

    /// <summary>Whether it saves moves and confirms them.</summary>
    public bool Saves { get; set; } = true;

    /// <summary>Whether it carries out commands and reports them.</summary>
    public bool Obeys { get; set; } = true;

    public ServerProgressed? Queue(QueueIssues message)
    {
        _received.Enqueue(message);
        if (!Saves)
        {
            return null;
        }

        lock (_gate)
        {
            var server = Of(message.ServerId, message.Project, message.Status);
            var issues = server.Issues.ToDictionary(issue => issue.Number);
            foreach (var move in message.Moves)
            {
                issues[move.Number] = new()
                {
                    Number = move.Number,
                    MovedAt = move.MovedAt,
                    QueuedAt = move.MovedAt,
                    RequeuedAt = move.MovedAt,
                };
            }

            return Publish(
                server with
                {
                    State = ServerStatus.Settling,
                    Issues = [.. issues.Values.OrderBy(issue => issue.Number)],
                    SavedIntakeIds = [.. message.Moves.Select(move => move.IntakeId)],
                }
            );
        }
    }

    public ServerProgressed? Steer(SteerServer command)
    {
        _commands.Enqueue(command);
        if (!Obeys)
        {
            return null;
        }

        lock (_gate)
        {
            var before = Of(command.ServerId, command.Project, command.Status);
            var (after, refusal) = Carry(before, command);
            var record = new SteeringRecord
            {
                CommandId = command.CommandId,
                Kind = command.Kind,
                Actor = command.Actor,
                Reason = command.Reason,
                At = command.RequestedAt,
                Refusal = refusal,
                Removed = command.Kind == SteeringKind.Drop ? before.Issues.Count - after.Issues.Count : null,
            };
            return Publish(after with { Commands = [record, .. after.Commands], SavedIntakeIds = [] });
        }
    }

    static (ServerProgressed Server, string? Refusal) Carry(ServerProgressed server, SteerServer command) =>
        command.Kind switch
        {
            SteeringKind.Hold => (
                server with
                {
                    State = ServerStatus.Paused,
                    Hold = new()
                    {
                        Actor = command.Actor,
                        Reason = command.Reason,
                        Since = command.RequestedAt,
                        Until = command.Until,
                    },
                },
                null
            ),
            SteeringKind.Resume => server.Pause is null
                ? (server, "It is not paused.")
                : (server with { State = ServerStatus.Settling, Pause = null }, null),
            SteeringKind.Drop => (
                server with
                {
                    Issues = [.. server.Issues.Where(issue => command.Issues?.Contains(issue.Number) is false)],
                },
                null
            ),
            SteeringKind.Deploy when server.Issues.Count > 0 => (
                server with
                {
                    State = ServerStatus.Prepared,
                    Deployment = new()
                    {
                        DeploymentId = Guid.NewGuid(),
                        Number = 1,
                        Issues = [.. server.Issues.Select(issue => new DeployedIssue { Number = issue.Number, MovedAt = issue.MovedAt })],
                        RequestedAt = command.RequestedAt,
                        Command = $"deploy {server.Server}",
                    },
                },
                null
            ),
            SteeringKind.Deploy => (server, "Nothing is queued for it."),
            SteeringKind.Cancel => (server, "Monarch runs no deployment of it."),
            _ when server.Deployment?.DeploymentId == command.DeploymentId => (
                server with
                {
                    State = ServerStatus.Idle,
                    Issues = [],
                    Deployment = null,
                    Ended =
                    [
                        server.Deployment! with
                        {
                            Outcome = command.Kind == SteeringKind.ReportSucceeded ? DeploymentOutcome.Succeeded : DeploymentOutcome.Failed,
                        },
                    ],
                },
                null
            ),
            _ => (server, "It is not prepared."),
        };

    ServerProgressed Publish(ServerProgressed server) => _servers[server.ServerId] = server with { Version = ++_version };

    ServerProgressed Of(Guid id, string project, IssueStatus status) =>
        _servers.GetValueOrDefault(id)
        ?? new()
        {
            ServerId = id,
            Version = 0,
            Server = servers.NameOf(project, status),
            Project = project,
            Status = status,
            State = ServerStatus.Idle,
            ChangedAt = FakeTime.Start,
            Issues = [],
            Ended = [],
            Commands = [],
            SavedIntakeIds = [],
        };
}
