using System.Collections.Concurrent;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Status;

/// <summary>The read model of a single process, lost when it ends.</summary>
sealed class InMemoryStatusStore : IStatusStore
{
    readonly ConcurrentDictionary<Guid, Dictionary<string, (int Version, string Json)>> _batches = new();

    public Task<IReadOnlyList<string>> ApplyAsync(BatchProgressed progress, CancellationToken cancellationToken) =>
        Apply(progress.BatchId, StatusRows.Of(progress));

    public Task<IReadOnlyList<string>> ApplyAsync(RepositoryProgressed progress, CancellationToken cancellationToken) =>
        Apply(progress.BatchId, StatusRows.Of(progress));

    public Task<MigrationView?> FindAsync(Guid batchId, CancellationToken cancellationToken) =>
        Task.FromResult(_batches.TryGetValue(batchId, out var rows) ? View(rows, withRepositories: true) : null);

    public async Task<IReadOnlyList<MigrationView>> FindAsync(IReadOnlyCollection<Guid> batchIds, CancellationToken cancellationToken)
    {
        var views = await Task.WhenAll(batchIds.Select(id => FindAsync(id, cancellationToken)));
        return [.. views.OfType<MigrationView>()];
    }

    public Task<IReadOnlyList<MigrationView>> ListAsync(int skip, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MigrationView>>([
            .. _batches
                .Values.Select(rows => View(rows, withRepositories: false))
                .OfType<MigrationView>()
                .OrderByDescending(view => view.RequestedAt)
                .ThenByDescending(view => view.Id)
                .Skip(skip)
                .Take(count),
        ]);

    Task<IReadOnlyList<string>> Apply(Guid batchId, IEnumerable<StatusRow> updates)
    {
        var rows = _batches.GetOrAdd(batchId, static _ => []);
        List<string> reached = [];
        lock (rows)
        {
            foreach (var row in updates.Where(row => !rows.TryGetValue(row.Name, out var old) || old.Version <= row.Version))
            {
                rows[row.Name] = (row.Version, row.Json);
                if (row.IsReached == false)
                {
                    rows.Remove(row.Milestone);
                }
                else if (row.IsReached == true && rows.TryAdd(row.Milestone, (0, "")))
                {
                    reached.Add(row.Milestone);
                }
            }
        }

        return Task.FromResult<IReadOnlyList<string>>(reached);
    }

    static MigrationView? View(Dictionary<string, (int Version, string Json)> rows, bool withRepositories)
    {
        lock (rows)
        {
            return StatusRows.View(rows.ToDictionary(row => row.Key, row => row.Value.Json), withRepositories);
        }
    }
}
