using System.Collections.Concurrent;

namespace Monarch.Bridge.Credentials;

/// <summary>The credentials of a single process, gone with it.</summary>
sealed class InMemoryCredentialViews(TimeProvider time) : ICredentialViews
{
    readonly ConcurrentDictionary<string, CredentialView> _views = new();

    public Task SetAsync(CredentialView view, CancellationToken cancellationToken)
    {
        _views[view.Name] = view;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<CredentialView>> ListAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - ICredentialViews.Kept;
        return Task.FromResult<IReadOnlyList<CredentialView>>([.. _views.Values.Where(view => view.HeardAt > oldest).OrderBy(view => view.Name, StringComparer.Ordinal)]);
    }
}
