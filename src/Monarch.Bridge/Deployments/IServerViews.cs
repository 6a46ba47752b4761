using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>The read model of servers. Idempotent: it accepts the sagas' events in any order, any number of times.</summary>
interface IServerViews
{
    /// <summary>Replaces the view of a server, unless that is newer.</summary>
    Task ApplyAsync(ServerProgressed progress, CancellationToken cancellationToken);

    /// <summary>Every server that a saga has reported, by name.</summary>
    Task<IReadOnlyList<ServerProgressed>> ListAsync(CancellationToken cancellationToken);

    /// <returns>Null when no saga has reported it.</returns>
    Task<ServerProgressed?> FindAsync(Guid serverId, CancellationToken cancellationToken);
}
