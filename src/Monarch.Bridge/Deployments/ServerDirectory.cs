using Monarch.Contracts.Deployments;
using Monarch.Hosting.Settings;

namespace Monarch.Bridge.Deployments;

/// <summary>Finds servers by name: servers that sagas have reported, and all of the configured projects.</summary>
sealed class ServerDirectory(DeploymentServers servers, IServerViews views, TimeProvider time)
{
    /// <returns>The server, idle when no issue was ever moved to it; null when there is no such server.</returns>
    public async Task<ServerProgressed?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (!servers.TryFind(name, out var project, out var status))
        {
            // Services on the bus may move issues of any project.
            return (await views.ListAsync(cancellationToken)).FirstOrDefault(view =>
                view.Server.Equals(name, StringComparison.OrdinalIgnoreCase)
            );
        }

        var id = ServerId.Of(project, status);
        return await views.FindAsync(id, cancellationToken)
            ?? new()
            {
                ServerId = id,
                Version = 0,
                Server = servers.NameOf(project, status),
                Project = project,
                Status = status,
                State = ServerStatus.Idle,
                ChangedAt = time.GetUtcNow(),
                Issues = [],
                Ended = [],
                Commands = [],
                SavedIntakeIds = [],
            };
    }

    /// <returns>The server of a deployment, including recently ended ones; null when there is none.</returns>
    public async Task<ServerProgressed?> FindAsync(Guid deploymentId, CancellationToken cancellationToken) =>
        (await views.ListAsync(cancellationToken)).FirstOrDefault(view =>
            view.Deployment?.DeploymentId == deploymentId
            || view.Withdrawn.Concat(view.Ended).Any(known => known.DeploymentId == deploymentId)
        );
}
