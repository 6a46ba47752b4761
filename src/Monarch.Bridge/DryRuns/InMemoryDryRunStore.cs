using Monarch.Contracts.DryRuns;

namespace Monarch.Bridge.DryRuns;

/// <summary>The results of a single process, lost when it ends.</summary>
sealed class InMemoryDryRunStore(TimeProvider time) : IDryRunStore
{
    readonly Lock _lock = new();
    readonly Dictionary<Guid, (DateTimeOffset ChangedAt, Dictionary<string, (int Version, string Json)> Rows)> _runs = [];

    public Task ApplyAsync(DryRunProgressed progress, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            RemoveExpired();
            var rows = _runs.TryGetValue(progress.DryRunId, out var run) ? run.Rows : [];
            _runs[progress.DryRunId] = (time.GetUtcNow(), rows);
            foreach (var (name, version, json) in DryRunRows.Of(progress))
            {
                if (!rows.TryGetValue(name, out var old) || old.Version <= version)
                {
                    rows[name] = (version, json);
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task<DryRunView?> FindAsync(Guid dryRunId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            RemoveExpired();
            return Task.FromResult(
                _runs.TryGetValue(dryRunId, out var run)
                    ? DryRunRows.View(run.Rows.ToDictionary(row => row.Key, row => row.Value.Json))
                    : null
            );
        }
    }

    void RemoveExpired()
    {
        var oldest = time.GetUtcNow() - IDryRunStore.Retention;
        foreach (var id in _runs.Where(run => run.Value.ChangedAt <= oldest).Select(run => run.Key).ToList())
        {
            _runs.Remove(id);
        }
    }
}
