using MassTransit;
using Monarch.Redis.Connection;
using StackExchange.Redis;

namespace Monarch.Redis.Sagas;

/// <summary>Stores a saga as a hash: v is its version, d its state as JSON, t the trace of its wake-ups.</summary>
sealed class RedisSagaStore<TSaga>(RedisConnection redis, RedisSagaOptions<TSaga> options) : ISagaStore<TSaga>
    where TSaga : class, ISagaVersion
{
    // KEYS: saga, wake-ups, claimed wake-ups. ARGV: expected version, version, state ('' = delete), time to live in ms (0 = no expiry),
    // wake-up ('' = does not sleep), wake time in ms ('' = never), channel, trace ('' = none). Returns whether it was saved.
    const string Save = """
        if (redis.call('HGET', KEYS[1], 'v') or '0') ~= ARGV[1] then return 0 end
        if ARGV[3] == '' then
          redis.call('DEL', KEYS[1])
        else
          redis.call('HSET', KEYS[1], 'v', ARGV[2], 'd', ARGV[3])
          if ARGV[8] ~= '' then redis.call('HSET', KEYS[1], 't', ARGV[8]) end
          if ARGV[4] == '0' then redis.call('PERSIST', KEYS[1]) else redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
        end
        if ARGV[5] == '' then return 1 end
        redis.call('HDEL', KEYS[3], ARGV[5], ARGV[5] .. '#')
        if ARGV[6] == '' then
          redis.call('ZREM', KEYS[2], ARGV[5])
          return 1
        end
        local head = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2]
        redis.call('ZADD', KEYS[2], ARGV[6], ARGV[5])
        if not head or tonumber(ARGV[6]) < tonumber(head) then redis.call('PUBLISH', ARGV[7], ARGV[6]) end
        return 1
        """;

    public async Task<TSaga?> LoadAsync(Guid sagaId, CancellationToken cancellationToken)
    {
        var state = await redis.RunAsync(x => x.HashGetAsync(Key(sagaId), "d"), cancellationToken);
        return state.IsNull ? null : SagaJson.Read<TSaga>((byte[])state!);
    }

    public Task<bool> TrySaveAsync(TSaga saga, int expectedVersion, CancellationToken cancellationToken)
    {
        var sleeping = saga as ISleepingSaga;
        var lifetime = sleeping?.EndedAt is null ? 0 : (long)options.Retention.TotalMilliseconds;
        var trace = (saga as ITracedSaga)?.TraceParent;
        return EvaluateAsync(
            saga.CorrelationId,
            expectedVersion,
            saga.Version,
            SagaJson.Write(saga),
            lifetime,
            sleeping?.WakeAt,
            trace,
            cancellationToken
        );
    }

    public Task<bool> TryDeleteAsync(Guid sagaId, int expectedVersion, CancellationToken cancellationToken) =>
        EvaluateAsync(sagaId, expectedVersion, 0, [], 0, null, null, cancellationToken);

    async Task<bool> EvaluateAsync(
        Guid sagaId,
        int expected,
        int version,
        byte[] state,
        long lifetime,
        DateTimeOffset? wakeAt,
        string? trace,
        CancellationToken cancellationToken
    )
    {
        RedisValue member = options.WakeUps is { } name ? WakeUpMember.Write(name, sagaId) : "";
        RedisValue wake = wakeAt is { } at ? WakeUpTime.ToMilliseconds(at) : "";
        var saved = await redis.EvaluateAsync(
            Save,
            [Key(sagaId), RedisWakeUps.Key, RedisWakeUps.ClaimedKey],
            [expected, version, state, lifetime, member, wake, RedisWakeUps.Key, trace ?? ""],
            cancellationToken
        );
        return (int)saved == 1;
    }

    RedisKey Key(Guid sagaId) => options.KeyPrefix + sagaId.ToString("N");
}
