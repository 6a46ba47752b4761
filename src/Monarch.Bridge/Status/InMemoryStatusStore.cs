using System.Collections.Concurrent;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Status;

/// <summary>The read model of a single process, gone with it.</summary>
sealed class InMemoryStatusStore : IStatusStore
{
    readonly ConcurrentDictionary<Guid, Dictionary<string, (int Version, string Json)>> _batches = new();

    public Task ApplyAsync(BatchProgressed progress, CancellationToken cancellationToken) => ApplyAsync(progress.BatchId, StatusRows.Of(progress));

    public Task ApplyAsync(RepositoryProgressed progress, CancellationToken cancellationToken) => ApplyAsync(progress.BatchId, StatusRows.Of(progress));

    public Task<MigrationView?> FindAsync(Guid batchId, CancellationToken cancellationToken) =>
        Task.FromResult(_batches.TryGetValue(batchId, out var rows) ? View(rows, withRepositories: true) : null);

    public Task<IReadOnlyList<MigrationView>> ListAsync(int skip, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MigrationView>>(
        [
            .. _batches.Values.Select(rows => View(rows, withRepositories: false)).OfType<MigrationView>()
                .OrderByDescending(view => view.RequestedAt).ThenByDescending(view => view.Id).Skip(skip).Take(count),
        ]);

    Task ApplyAsync(Guid batchId, IEnumerable<(string Name, int Version, string Json)> news)
    {
        var rows = _batches.GetOrAdd(batchId, static _ => []);
        lock (rows)
        {
            foreach (var (name, version, json) in news)
            {
                if (!rows.TryGetValue(name, out var row) || row.Version <= version)
                {
                    rows[name] = (version, json);
                }
            }
        }

        return Task.CompletedTask;
    }

    static MigrationView? View(Dictionary<string, (int Version, string Json)> rows, bool withRepositories)
    {
        lock (rows)
        {
            return StatusRows.View(rows.ToDictionary(row => row.Key, row => row.Value.Json), withRepositories);
        }
    }
}
