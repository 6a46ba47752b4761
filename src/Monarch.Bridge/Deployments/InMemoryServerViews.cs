using System.Collections.Concurrent;
using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>The servers of a single process, lost when it ends.</summary>
sealed class InMemoryServerViews : IServerViews
{
    readonly ConcurrentDictionary<Guid, ServerProgressed> _views = new();

    public Task ApplyAsync(ServerProgressed progress, CancellationToken cancellationToken)
    {
        _views.AddOrUpdate(progress.ServerId, progress, (_, shown) => shown.Version <= progress.Version ? progress : shown);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ServerProgressed>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ServerProgressed>>([.. _views.Values.OrderBy(view => view.Server, StringComparer.Ordinal)]);

    public Task<ServerProgressed?> FindAsync(Guid serverId, CancellationToken cancellationToken) =>
        Task.FromResult(_views.GetValueOrDefault(serverId));
}
