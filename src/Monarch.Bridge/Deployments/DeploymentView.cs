using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>A deployment that is prepared or running.</summary>
sealed record DeploymentView
{
    /// <summary>Identifies it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The server's name.</summary>
    public required string Server { get; init; }

    /// <summary>The project's key.</summary>
    public required string Project { get; init; }

    /// <summary>The status, in lower case.</summary>
    public required string Status { get; init; }

    /// <summary>The state of the server, usually Prepared, Waiting or Deploying.</summary>
    public required ServerStatus State { get; init; }

    /// <summary>The command line; left out until a worker has prepared it.</summary>
    public string? Command { get; init; }

    /// <summary>The ids of its issues.</summary>
    public required IReadOnlyList<string> Issues { get; init; }

    /// <summary>When it was decided on (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the command was started (UTC); left out before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public static DeploymentView Of(ServerProgressed server) =>
        new()
        {
            Id = server.Deployment!.DeploymentId,
            Server = server.Server,
            Project = server.Project,
            Status = server.Status.Name(),
            State = server.State,
            Command = server.Deployment.Command,
            Issues = [.. server.Deployment.Issues.Select(issue => IssueId.Of(server.Project, issue.Number))],
            RequestedAt = server.Deployment.RequestedAt,
            StartedAt = server.Deployment.StartedAt,
        };
}

/// <summary>The deployments that are prepared or running, by server.</summary>
sealed record DeploymentList(IReadOnlyList<DeploymentView> Deployments);
