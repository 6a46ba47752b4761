using System.Text.Json;
using Monarch.Contracts.Deployments;
using Monarch.Redis.Connection;
using StackExchange.Redis;

namespace Monarch.Bridge.Deployments;

/// <summary>The hash <c>monarch:usher:servers</c>, a field per server: version, line feed, JSON.</summary>
sealed class RedisServerViews(RedisConnection redis) : IServerViews
{
    const string Key = "monarch:usher:servers";

    // ARGV: server, version, JSON.
    const string Apply = """
        local row = redis.call('HGET', KEYS[1], ARGV[1])
        if not row or tonumber(string.match(row, '^%d+')) <= tonumber(ARGV[2]) then
          redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. '\n' .. ARGV[3])
        end
        return 1
        """;

    public Task ApplyAsync(ServerProgressed progress, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(progress, UsherJson.Default.ServerProgressed);
        return redis.EvaluateAsync(Apply, [Key], [Field(progress.ServerId), progress.Version, json], cancellationToken);
    }

    public async Task<IReadOnlyList<ServerProgressed>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await redis.RunAsync(db => db.HashValuesAsync(Key), cancellationToken);
        return [.. rows.Select(View).OrderBy(view => view.Server, StringComparer.Ordinal)];
    }

    public async Task<ServerProgressed?> FindAsync(Guid serverId, CancellationToken cancellationToken)
    {
        var row = await redis.RunAsync(db => db.HashGetAsync(Key, Field(serverId)), cancellationToken);
        return row.IsNull ? null : View(row);
    }

    static ServerProgressed View(RedisValue row)
    {
        var text = (string)row!;
        return JsonSerializer.Deserialize(
            text.AsSpan(text.IndexOf('\n', StringComparison.Ordinal) + 1),
            UsherJson.Default.ServerProgressed
        )!;
    }

    static string Field(Guid serverId) => serverId.ToString("N");
}
