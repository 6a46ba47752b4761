using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monarch.Redis.Connection;
using Monarch.Workers.GitHub.Copying.Ledger;
using StackExchange.Redis;

namespace Monarch.Workers.GitHub.Copying.Fields;

/// <summary>Stores <see cref="TargetFields"/> for a week.</summary>
interface ITargetFieldStore
{
    Task SetAsync(LedgerKey key, TargetFields fields, CancellationToken cancellationToken);

    /// <returns>Null when the target has to be prepared.</returns>
    Task<TargetFields?> FindAsync(LedgerKey key, CancellationToken cancellationToken);
}

/// <summary>For a single process.</summary>
sealed class InMemoryTargetFieldStore : ITargetFieldStore
{
    readonly ConcurrentDictionary<LedgerKey, TargetFields> _fields = new();

    public Task SetAsync(LedgerKey key, TargetFields fields, CancellationToken cancellationToken)
    {
        _fields[key.AllPasses] = fields;
        return Task.CompletedTask;
    }

    public Task<TargetFields?> FindAsync(LedgerKey key, CancellationToken cancellationToken) =>
        Task.FromResult(_fields.GetValueOrDefault(key.AllPasses));
}

/// <summary>A key of JSON per source and target.</summary>
sealed class RedisTargetFieldStore(RedisConnection redis) : ITargetFieldStore
{
    static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    public async Task SetAsync(LedgerKey key, TargetFields fields, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(fields, TargetFieldJson.Default.TargetFields);
        await redis.RunAsync(db => db.StringSetAsync(Key(key), json, Retention), cancellationToken);
    }

    public async Task<TargetFields?> FindAsync(LedgerKey key, CancellationToken cancellationToken)
    {
        var json = (byte[]?)await redis.RunAsync(db => db.StringGetAsync(Key(key)), cancellationToken);
        return json is null ? null : JsonSerializer.Deserialize(json, TargetFieldJson.Default.TargetFields);
    }

    static RedisKey Key(LedgerKey key) =>
        string.Create(CultureInfo.InvariantCulture, $"monarch:fields:{key.SourceRepositoryId}:{key.TargetRepositoryId}");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TargetFields))]
sealed partial class TargetFieldJson : JsonSerializerContext;
