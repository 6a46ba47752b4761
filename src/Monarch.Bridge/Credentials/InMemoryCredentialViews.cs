using System.Collections.Concurrent;

namespace Monarch.Bridge.Credentials;

/// <summary>The credentials of a single process, gone with it.</summary>
sealed class InMemoryCredentialViews(TimeProvider time) : ICredentialViews
{
    readonly ConcurrentDictionary<string, ToldCredential> _told = new();

    public Task SetAsync(ToldCredential told, CancellationToken cancellationToken)
    {
        _told[told.View.Name] = told;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ToldCredential>> ListAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - ICredentialViews.Kept;
        return Task.FromResult<IReadOnlyList<ToldCredential>>([.. _told.Values.Where(told => told.View.HeardAt > oldest).OrderBy(told => told.View.Name, StringComparer.Ordinal)]);
    }
}
