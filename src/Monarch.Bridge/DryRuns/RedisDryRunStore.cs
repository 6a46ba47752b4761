using Monarch.Contracts.DryRuns;
using Monarch.Redis.Connection;
using StackExchange.Redis;

namespace Monarch.Bridge.DryRuns;

/// <summary>A hash per dry run, with a field per row: version, line feed, JSON.</summary>
sealed class RedisDryRunStore(RedisConnection redis) : IDryRunStore
{
    // ARGV: retention in ms, then name, version and JSON of each row.
    const string Apply = """
        for i = 2, #ARGV, 3 do
          local row = redis.call('HGET', KEYS[1], ARGV[i])
          if not row or tonumber(string.match(row, '^%d+')) <= tonumber(ARGV[i + 1]) then
            redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1] .. '\n' .. ARGV[i + 2])
          end
        end
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        return 1
        """;

    public Task ApplyAsync(DryRunProgressed progress, CancellationToken cancellationToken)
    {
        RedisValue[] values =
        [
            (long)IDryRunStore.Retention.TotalMilliseconds,
            .. DryRunRows.Of(progress).SelectMany(row => new RedisValue[] { row.Name, row.Version, row.Json }),
        ];
        return redis.EvaluateAsync(Apply, [Key(progress.DryRunId)], values, cancellationToken);
    }

    public async Task<DryRunView?> FindAsync(Guid dryRunId, CancellationToken cancellationToken)
    {
        var rows = await redis.RunAsync(db => db.HashGetAllAsync(Key(dryRunId)), cancellationToken);
        return DryRunRows.View(rows.ToDictionary(row => (string)row.Name!, row => Json(row.Value)));
    }

    static string Json(RedisValue row)
    {
        var text = (string)row!;
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }

    static RedisKey Key(Guid dryRunId) => $"monarch:dry-run:view:{dryRunId:N}";
}
