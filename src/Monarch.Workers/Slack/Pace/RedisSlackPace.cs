using Monarch.Redis.Connection;
using StackExchange.Redis;

namespace Monarch.Workers.Slack.Pace;

/// <summary>The pace of all processes that share a Redis, by Redis' clock; each step is one script.</summary>
sealed class RedisSlackPace(RedisConnection redis) : ISlackPace
{
    // A key holds when the next call is due at an even pace, in milliseconds. A time an hour ahead was written by a clock that was ahead.
    const string Begin = """
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        local function next(key)
            local at = tonumber(redis.call('GET', key) or 0)
            return at > now + 3600000 and now or math.max(at, now)
        end
        local function set(key, at) redis.call('PSETEX', key, math.max(1, math.ceil(at - now)), string.format('%.0f', at)) end

        """;

    const string Take =
        Begin
        + """
            local at = now
            for i, key in ipairs(KEYS) do at = math.max(at, next(key) - ARGV[2 * i + 1]) end
            if at - now > tonumber(ARGV[1]) then return {0, at - now} end
            for i, key in ipairs(KEYS) do set(key, math.max(next(key), at) + ARGV[2 * i]) end
            return {1, at - now}
            """;

    const string Close =
        Begin
        + """
            for i, key in ipairs(KEYS) do set(key, math.max(next(key), now + ARGV[1] + ARGV[2 * i + 1])) end
            """;

    public async Task<SlackTurn> TakeAsync(IReadOnlyList<SlackLimit> limits, TimeSpan longest, CancellationToken cancellationToken)
    {
        var answer = (RedisValue[])(await redis.EvaluateAsync(Take, Keys(limits), Values(limits, longest), cancellationToken))!;
        return new((int)answer[0] == 1, TimeSpan.FromMilliseconds((long)answer[1]));
    }

    public Task CloseAsync(IReadOnlyList<SlackLimit> limits, TimeSpan wait, CancellationToken cancellationToken) =>
        redis.EvaluateAsync(Close, Keys(limits), Values(limits, wait), cancellationToken);

    static RedisKey[] Keys(IEnumerable<SlackLimit> limits) => [.. limits.Select(limit => (RedisKey)$"monarch:slack:pace:{limit.Name}")];

    static RedisValue[] Values(IEnumerable<SlackLimit> limits, TimeSpan first) =>
        [Milliseconds(first), .. limits.SelectMany(limit => new[] { Milliseconds(limit.Interval), Milliseconds(limit.Tolerance) })];

    static RedisValue Milliseconds(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);
}
