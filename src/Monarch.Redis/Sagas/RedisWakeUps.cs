using System.Globalization;
using Monarch.Redis.Connection;
using StackExchange.Redis;

namespace Monarch.Redis.Sagas;

/// <summary>
/// A sorted set of all wake-ups by time, and a hash with the original times of leased wake-ups. Only Redis' clock is used, so that the
/// clocks of replicas may differ.
/// </summary>
sealed class RedisWakeUps(RedisConnection redis, IEnumerable<SleepingSaga> sagas) : IWakeUps
{
    /// <summary>The sorted set, and the channel on which a new earliest wake-up is announced.</summary>
    public const string Key = "monarch:wakeups";

    public const string ClaimedKey = "monarch:wakeups:claimed";

    /// <summary>The time of the last sweep by Redis' clock, which may have been set back since.</summary>
    public const string SweptKey = "monarch:wakeups:swept";

    // After the clock was set back, each wake-up is moved back equally; none may be later than the longest sleep. The original time is
    // kept, as for leased wake-ups: the saga compares with it.
    const string Correct = """
        local swept = tonumber(redis.call('GET', KEYS[3]) or 0)
        local back, longest = math.max(swept - now, 0), now + ARGV[3]
        if back < 1000 then back = 0 end
        local ahead = redis.call('ZRANGEBYSCORE', KEYS[1], back > 0 and '-inf' or string.format('(%.0f', longest), '+inf', 'WITHSCORES')
        for i = 1, #ahead, 2 do
          redis.call('HSETNX', KEYS[2], ahead[i], ahead[i + 1])
          redis.call('ZADD', KEYS[1], string.format('%.0f', math.min(ahead[i + 1] - back, longest)), ahead[i])
        end
        if math.abs(now - swept) >= 1000 then redis.call('SET', KEYS[3], string.format('%.0f', now)) end

        """;

    // KEYS: wake-ups, claimed, swept. ARGV: how many, lease in ms, the longest sleep in ms, and for each type of saga its name and the
    // prefix of its keys.
    // Wake-ups of types that are not registered in this process are skipped. Returns ms until the next (-1: none), then member, time, the
    // saga's trace ('': none), ...
    const string Claim =
        """
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)

            """
        + Correct
        + """
            local most = tonumber(ARGV[1])
            local prefixes = {}
            for i = 4, #ARGV, 2 do prefixes[ARGV[i]] = ARGV[i + 1] end
            local out, claimed, passed = { -1 }, 0, 0
            while claimed < most do
              local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now), 'WITHSCORES', 'LIMIT', passed, most - claimed)
              if #due == 0 then break end
              for i = 1, #due, 2 do
                local member = due[i]
                local name, id = string.match(member, '^(.*):(%x+)$')
                local prefix = name and prefixes[name]
                if not prefix then
                  passed = passed + 1
                elseif redis.call('EXISTS', prefix .. id) == 0 then
                  redis.call('ZREM', KEYS[1], member)
                  redis.call('HDEL', KEYS[2], member, member .. '#')
                else
                  local at = redis.call('HGET', KEYS[2], member) or due[i + 1]
                  redis.call('HSET', KEYS[2], member, at)
                  -- A saga that is never saved, for example because it cannot be loaded, is woken with a growing delay.
                  local times = redis.call('HINCRBY', KEYS[2], member .. '#', 1)
                  local lease = math.max(ARGV[2], math.min(ARGV[2] * 2 ^ math.min(math.max(times - 4, 0), 20), 3600000))
                  redis.call('ZADD', KEYS[1], string.format('%.0f', now + lease), member)
                  claimed = claimed + 1
                  out[#out + 1] = member
                  out[#out + 1] = at
                  out[#out + 1] = redis.call('HGET', prefix .. id, 't') or ''
                end
              end
            end
            if claimed == most then
              out[1] = 0
            else
              local after = redis.call('ZRANGEBYSCORE', KEYS[1], string.format('(%.0f', now), '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
              if after[2] then out[1] = after[2] - now end
            end
            return out
            """;

    // KEYS: wake-ups, claimed. ARGV: for each type of saga its name and the prefix of its keys. Returns member, time, the saga's trace
    // ('': none), ...
    const string All = """
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        local prefixes, out = {}, {}
        for i = 1, #ARGV, 2 do prefixes[ARGV[i]] = ARGV[i + 1] end
        local all = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
        for i = 1, #all, 2 do
          local name, id = string.match(all[i], '^(.*):(%x+)$')
          local prefix = name and prefixes[name]
          if prefix then
            local at = redis.call('HGET', KEYS[2], all[i]) or all[i + 1]
            out[#out + 1] = all[i]
            out[#out + 1] = string.format('%.0f', math.min(now, at))
            out[#out + 1] = redis.call('HGET', prefix .. id, 't') or ''
          end
        end
        return out
        """;

    readonly RedisValue[] _sagas = [.. sagas.Where(x => x.KeyPrefix.Length > 0).SelectMany(x => new RedisValue[] { x.Name, x.KeyPrefix })];

    public async Task<ClaimedWakeUps> ClaimAsync(int most, TimeSpan lease, CancellationToken cancellationToken)
    {
        var found = (RedisValue[])
            (
                await redis.EvaluateAsync(
                    Claim,
                    [Key, ClaimedKey, SweptKey],
                    [most, (long)lease.TotalMilliseconds, (long)WakeUpTime.LongestSleep.TotalMilliseconds, .. _sagas],
                    cancellationToken
                )
            )!;
        var next = (long)found[0];
        return new([.. Read(found.Skip(1))], next < 0 ? null : TimeSpan.FromMilliseconds(next));
    }

    public async Task<IReadOnlyList<WakeUp>> ForRestartAsync(CancellationToken cancellationToken)
    {
        var found = (RedisValue[])(await redis.EvaluateAsync(All, [Key, ClaimedKey], _sagas, cancellationToken))!;
        return [.. Read(found).Select(x => x with { IsRestart = true })];
    }

    public Task<IAsyncDisposable> WatchAsync(Action earlier, CancellationToken cancellationToken) =>
        redis.SubscribeAsync(Key, _ => earlier(), cancellationToken);

    static IEnumerable<WakeUp> Read(IEnumerable<RedisValue> found) =>
        found
            .Chunk(3)
            .Select(x =>
                WakeUpMember.Read((string)x[0]!, long.Parse((string)x[1]!, CultureInfo.InvariantCulture)) with
                {
                    TraceParent = x[2].IsNullOrEmpty ? null : (string?)x[2],
                }
            );
}
