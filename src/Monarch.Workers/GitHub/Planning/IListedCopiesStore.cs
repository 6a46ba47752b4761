using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Monarch.Redis.Connection;
using StackExchange.Redis;

namespace Monarch.Workers.GitHub.Planning;

/// <summary>
/// Keeps how far a target of a dry run was read, so that the next command continues. The ledger is not used for this: a dry run changes
/// nothing that a migration relies on.
/// </summary>
interface IListedCopiesStore
{
    Task SetAsync(Guid dryRunId, int targetIndex, ListedCopies copies, CancellationToken cancellationToken);

    /// <returns>Null before the first page.</returns>
    Task<ListedCopies?> FindAsync(Guid dryRunId, int targetIndex, CancellationToken cancellationToken);

    /// <summary>Removes it when the target has a result.</summary>
    Task RemoveAsync(Guid dryRunId, int targetIndex, CancellationToken cancellationToken);
}

/// <summary>For a single process.</summary>
sealed class InMemoryListedCopiesStore : IListedCopiesStore
{
    readonly ConcurrentDictionary<(Guid, int), ListedCopies> _copies = new();

    public Task SetAsync(Guid dryRunId, int targetIndex, ListedCopies copies, CancellationToken cancellationToken)
    {
        _copies[(dryRunId, targetIndex)] = copies;
        return Task.CompletedTask;
    }

    public Task<ListedCopies?> FindAsync(Guid dryRunId, int targetIndex, CancellationToken cancellationToken) =>
        Task.FromResult(_copies.GetValueOrDefault((dryRunId, targetIndex)));

    public Task RemoveAsync(Guid dryRunId, int targetIndex, CancellationToken cancellationToken)
    {
        _copies.TryRemove((dryRunId, targetIndex), out _);
        return Task.CompletedTask;
    }
}

/// <summary>A key of JSON per target of a dry run.</summary>
sealed class RedisListedCopiesStore(RedisConnection redis) : IListedCopiesStore
{
    // A dry run ends after an hour.
    static readonly TimeSpan Retention = TimeSpan.FromHours(2);

    public async Task SetAsync(Guid dryRunId, int targetIndex, ListedCopies copies, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(copies, ListedCopiesJson.Default.ListedCopies);
        await redis.RunAsync(db => db.StringSetAsync(Key(dryRunId, targetIndex), json, Retention), cancellationToken);
    }

    public async Task<ListedCopies?> FindAsync(Guid dryRunId, int targetIndex, CancellationToken cancellationToken)
    {
        var json = (byte[]?)await redis.RunAsync(db => db.StringGetAsync(Key(dryRunId, targetIndex)), cancellationToken);
        return json is null ? null : JsonSerializer.Deserialize(json, ListedCopiesJson.Default.ListedCopies);
    }

    public Task RemoveAsync(Guid dryRunId, int targetIndex, CancellationToken cancellationToken) =>
        redis.RunAsync(db => db.KeyDeleteAsync(Key(dryRunId, targetIndex)), cancellationToken);

    static RedisKey Key(Guid dryRunId, int targetIndex) =>
        string.Create(CultureInfo.InvariantCulture, $"monarch:dry-run:{dryRunId:N}:{targetIndex}");
}
