using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Monarch.Contracts.Deployments;
using Monarch.Redis.Connection;
using Monarch.Workers.Clocks;
using Monarch.Workers.Deployments.Settings;
using StackExchange.Redis;

namespace Monarch.Workers.Deployments.Leases;

/// <summary>
/// Leases in Redis, by Redis' clock. A hash for each server holds its last deployment; one sorted set holds the servers whose deployments
/// run, by the end of their lease; another the waiting servers, by the time of their first request.
/// </summary>
sealed class RedisDeploymentLeases(RedisConnection redis, SharedClock clock, IOptions<DeploymentOptions> options) : IDeploymentLeases
{
    const string Running = "monarch:usher:running";
    const string Waiting = "monarch:usher:waiting";
    const string Asked = "monarch:usher:asked";
    const string Epoch = "monarch:usher:epoch";
    static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    // The beginning of every script: the time, and the server's last deployment. KEYS: lease. ARGV: deployment.
    const string Head = """
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        local l = redis.call('HMGET', KEYS[1], 'deployment', 'number', 'started', 'until', 'result', 'cancel')
        local same = l[1] == ARGV[1]
        local number, ends = tonumber(l[2] or '0'), tonumber(l[4] or '0')
        local alive = l[1] and not l[5] and ends > now

        """;

    // A restarted Redis, or its replica, may have lost leases that were granted in its last second. Their runners end the commands when
    // they renew, so no lease is granted for the duration of one.
    // KEYS: lease, running, waiting, asked, epoch. ARGV: deployment, number, server, lease in ms, the maximum of concurrent deployments,
    // backoff in ms, retention in ms, holder.
    const string Acquire =
        Head
        + """
            if same and alive and redis.call('HGET', KEYS[1], 'holder') == ARGV[8] then
              local ending = string.format('%.0f', now + ARGV[4])
              redis.call('HSET', KEYS[1], 'until', ending)
              redis.call('ZADD', KEYS[2], ending, ARGV[3])
              return 'acquired'
            end
            if same then if l[5] then return 'ended' else return 'begun' end end
            if tonumber(ARGV[2]) < number then return 'ended' end
            if alive then return 'deferred' end
            local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
            local epoch = redis.call('HMGET', KEYS[5], 'run', 'opens')
            if epoch[1] ~= run then
              epoch[2] = epoch[1] and now + ARGV[4] or 0
              redis.call('HSET', KEYS[5], 'run', run, 'opens', string.format('%.0f', epoch[2]))
            end
            if tonumber(epoch[2]) > now then return 'deferred' end
            redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', now))
            local asked = redis.call('HGETALL', KEYS[4])
            for i = 1, #asked, 2 do
              if now - asked[i + 1] > tonumber(ARGV[6]) then
                redis.call('ZREM', KEYS[3], asked[i])
                redis.call('HDEL', KEYS[4], asked[i])
              end
            end
            if not redis.call('ZSCORE', KEYS[3], ARGV[3]) then redis.call('ZADD', KEYS[3], string.format('%.0f', now), ARGV[3]) end
            redis.call('HSET', KEYS[4], ARGV[3], string.format('%.0f', now))
            if redis.call('ZRANK', KEYS[3], ARGV[3]) >= ARGV[5] - redis.call('ZCARD', KEYS[2]) then return 'deferred' end
            redis.call('ZREM', KEYS[3], ARGV[3])
            redis.call('HDEL', KEYS[4], ARGV[3])
            local ending = string.format('%.0f', now + ARGV[4])
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'deployment', ARGV[1], 'number', ARGV[2], 'started', string.format('%.0f', now), 'until', ending, 'holder', ARGV[8])
            redis.call('PEXPIRE', KEYS[1], ARGV[7])
            redis.call('ZADD', KEYS[2], ending, ARGV[3])
            return 'acquired'
            """;

    // KEYS: lease, running. ARGV: deployment, server, lease in ms.
    const string Renew =
        Head
        + """
            if not same or not alive then return 'lost' end
            local ending = string.format('%.0f', now + ARGV[3])
            redis.call('HSET', KEYS[1], 'until', ending)
            redis.call('ZADD', KEYS[2], ending, ARGV[2])
            if l[6] then return 'cancel' end
            return 'renewed'
            """;

    // KEYS: lease, running. ARGV: deployment, server, result.
    const string End =
        Head
        + """
            if not same then return 0 end
            if not l[5] then redis.call('HSET', KEYS[1], 'result', ARGV[3]) end
            redis.call('ZREM', KEYS[2], ARGV[2])
            return 1
            """;

    // KEYS: lease, running. ARGV: deployment, server, the result of an expired one.
    const string Read =
        Head
        + """
            if not same then return {} end
            if not l[5] and ends <= now then
              redis.call('HSET', KEYS[1], 'result', ARGV[3])
              redis.call('ZREM', KEYS[2], ARGV[2])
              return { l[3], l[4], ARGV[3] }
            end
            return { l[3], l[4], l[5] }
            """;

    // KEYS: lease, waiting, asked. ARGV: deployment, number, server, the result of one that has not started, retention in ms. Returns
    // whether it runs.
    const string Cancel =
        Head
        + """
            if same and alive then
              redis.call('HSET', KEYS[1], 'cancel', '1')
              return 1
            end
            redis.call('ZREM', KEYS[2], ARGV[3])
            redis.call('HDEL', KEYS[3], ARGV[3])
            if not same and not alive and tonumber(ARGV[2]) >= number then
              redis.call('DEL', KEYS[1])
              redis.call('HSET', KEYS[1], 'deployment', ARGV[1], 'number', ARGV[2], 'until', '0', 'result', ARGV[4])
              redis.call('PEXPIRE', KEYS[1], ARGV[5])
            elseif same and not l[5] then
              redis.call('HSET', KEYS[1], 'result', ARGV[4])
            end
            return 0
            """;

    public async Task<LeaseRequest> TryAcquireAsync(
        Guid serverId,
        Guid deploymentId,
        long number,
        Guid holder,
        CancellationToken cancellationToken
    )
    {
        var answer = await redis.EvaluateAsync(
            Acquire,
            [Lease(serverId), Running, Waiting, Asked, Epoch],
            [
                Text(deploymentId),
                number,
                Text(serverId),
                Milliseconds(options.Value.Lease),
                options.Value.AtOnce,
                Milliseconds(LeaseTimes.PlaceKeptFor(options.Value)),
                Milliseconds(Retention),
                Text(holder),
            ],
            cancellationToken
        );
        return (string?)answer switch
        {
            "acquired" => LeaseRequest.Acquired,
            "begun" => LeaseRequest.HasStarted,
            "ended" => LeaseRequest.HasEnded,
            _ => LeaseRequest.Deferred,
        };
    }

    public async Task<LeaseRenewal> RenewAsync(Guid serverId, Guid deploymentId, CancellationToken cancellationToken)
    {
        var answer = await redis.EvaluateAsync(
            Renew,
            [Lease(serverId), Running],
            [Text(deploymentId), Text(serverId), Milliseconds(options.Value.Lease)],
            cancellationToken
        );
        return (string?)answer switch
        {
            "renewed" => LeaseRenewal.Renewed,
            "cancel" => LeaseRenewal.CancelRequested,
            _ => LeaseRenewal.Lost,
        };
    }

    public Task EndAsync(DeploymentEnded result, CancellationToken cancellationToken) =>
        redis.EvaluateAsync(
            End,
            [Lease(result.ServerId), Running],
            [Text(result.DeploymentId), Text(result.ServerId), Json(result)],
            cancellationToken
        );

    public async Task<LeaseState> ReadAsync(Guid serverId, Guid deploymentId, CancellationToken cancellationToken)
    {
        var interrupted = LeaseTimes.Interrupted(serverId, deploymentId, null, clock.UtcNow);
        var found = (RedisValue[])
            (
                await redis.EvaluateAsync(
                    Read,
                    [Lease(serverId), Running],
                    [Text(deploymentId), Text(serverId), Json(interrupted)],
                    cancellationToken
                )
            )!;
        if (found.Length == 0)
        {
            return new(null, null, null);
        }

        var result =
            found.Length > 2 && !found[2].IsNull ? JsonSerializer.Deserialize((string)found[2]!, LeaseJson.Default.DeploymentEnded) : null;
        return new(Time(found[0]), result is null ? Time(found[1]) : null, result);
    }

    public async Task<bool> CancelAsync(Guid serverId, Guid deploymentId, long number, CancellationToken cancellationToken)
    {
        var cancelled = LeaseTimes.Cancelled(serverId, deploymentId, clock.UtcNow);
        var runs = await redis.EvaluateAsync(
            Cancel,
            [Lease(serverId), Waiting, Asked],
            [Text(deploymentId), number, Text(serverId), Json(cancelled), Milliseconds(Retention)],
            cancellationToken
        );
        return (int)runs == 1;
    }

    static DateTimeOffset? Time(RedisValue milliseconds) =>
        milliseconds.IsNull ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);

    static string Json(DeploymentEnded result) => JsonSerializer.Serialize(result, LeaseJson.Default.DeploymentEnded);

    static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;

    static string Text(Guid id) => id.ToString("N");

    static RedisKey Lease(Guid serverId) => $"monarch:usher:lease:{serverId:N}";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(DeploymentEnded))]
sealed partial class LeaseJson : JsonSerializerContext;
