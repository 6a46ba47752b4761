using Microsoft.Extensions.Options;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Connection;
using StackExchange.Redis;

namespace Monarch.Bridge.Status;

/// <summary>The read model as a hash per migration (a field per row: version, line feed, JSON) and a list of migrations by time.</summary>
sealed class RedisStatusStore(RedisConnection redis, IOptions<StatusOptions> options) : IStatusStore
{
    const string Batches = "monarch:views";

    // ARGV: retention in ms, then name, version, JSON, milestone and whether it is reached ('' leaves it unchanged) of each row. Returns
    // the milestones that were not reached before.
    const string Apply = """
        local reached = {}
        for i = 2, #ARGV, 5 do
          local row = redis.call('HGET', KEYS[1], ARGV[i])
          if not row or tonumber(string.match(row, '^%d+')) <= tonumber(ARGV[i + 1]) then
            redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1] .. '\n' .. ARGV[i + 2])
            if ARGV[i + 4] == '0' then
              redis.call('HDEL', KEYS[1], ARGV[i + 3])
            elseif ARGV[i + 4] == '1' and redis.call('HSETNX', KEYS[1], ARGV[i + 3], 1) == 1 then
              reached[#reached + 1] = ARGV[i + 3]
            end
          end
        end
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        return reached
        """;

    // KEYS: list. ARGV: migration, time, key prefix of the views. Each new migration removes some of the oldest whose views have expired.
    const string List = """
        if redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1]) == 0 then return end
        for _, batch in ipairs(redis.call('ZRANGE', KEYS[1], 0, 9)) do
          if redis.call('EXISTS', ARGV[3] .. batch) == 0 then redis.call('ZREM', KEYS[1], batch) end
        end
        """;

    const string Views = "monarch:view:";

    public async Task<IReadOnlyList<string>> ApplyAsync(BatchProgressed progress, CancellationToken cancellationToken)
    {
        var reached = await ApplyAsync(progress.BatchId, StatusRows.Of(progress), cancellationToken);
        await redis.EvaluateAsync(
            List,
            [Batches],
            [progress.BatchId.ToString("N"), progress.RequestedAt.ToUnixTimeMilliseconds(), Views],
            cancellationToken
        );
        return reached;
    }

    public Task<IReadOnlyList<string>> ApplyAsync(RepositoryProgressed progress, CancellationToken cancellationToken) =>
        ApplyAsync(progress.BatchId, StatusRows.Of(progress), cancellationToken);

    public async Task<MigrationView?> FindAsync(Guid batchId, CancellationToken cancellationToken) =>
        View(await redis.RunAsync(db => db.HashGetAllAsync(Key(batchId)), cancellationToken));

    public async Task<IReadOnlyList<MigrationView>> FindAsync(IReadOnlyCollection<Guid> batchIds, CancellationToken cancellationToken)
    {
        var batches = await redis.RunAsync(db => Task.WhenAll(batchIds.Select(id => db.HashGetAllAsync(Key(id)))), cancellationToken);
        return [.. batches.Select(View).OfType<MigrationView>()];
    }

    public async Task<IReadOnlyList<MigrationView>> ListAsync(int skip, int count, CancellationToken cancellationToken)
    {
        var ids = await redis.RunAsync(
            db => db.SortedSetRangeByRankAsync(Batches, skip, skip + count - 1, Order.Descending),
            cancellationToken
        );
        var rows = await redis.RunAsync(
            db => Task.WhenAll(ids.Select(id => db.HashGetAsync(Key(Guid.Parse((string)id!)), "batch"))),
            cancellationToken
        );
        var views = new List<MigrationView>();
        foreach (var (id, row) in ids.Zip(rows))
        {
            if (row.IsNull)
            {
                // Its view has expired.
                await redis.RunAsync(db => db.SortedSetRemoveAsync(Batches, id), cancellationToken);
            }
            else
            {
                views.Add(StatusRows.View(new Dictionary<string, string> { ["batch"] = Json(row) }, withRepositories: false)!);
            }
        }

        return views;
    }

    async Task<IReadOnlyList<string>> ApplyAsync(Guid batchId, IEnumerable<StatusRow> rows, CancellationToken cancellationToken)
    {
        RedisValue[] values =
        [
            (long)options.Value.Retention.TotalMilliseconds,
            .. rows.SelectMany(row =>
                new RedisValue[] { row.Name, row.Version, row.Json, row.Milestone, row.IsReached is { } reached ? (reached ? 1 : 0) : "" }
            ),
        ];
        return (string[])(await redis.EvaluateAsync(Apply, [Key(batchId)], values, cancellationToken))!;
    }

    static MigrationView? View(HashEntry[] rows) =>
        StatusRows.View(rows.ToDictionary(row => (string)row.Name!, row => Json(row.Value)), withRepositories: true);

    static string Json(RedisValue row)
    {
        var text = (string)row!;
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }

    static RedisKey Key(Guid batchId) => $"{Views}{batchId:N}";
}
