using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Hosting.Processes;

/// <summary>
/// The running processes: the last heartbeat of each in a key that expires, and a sorted set of all by its time on Redis' clock.
/// </summary>
public sealed class ProcessDirectory
{
    const string All = "monarch:processes";
    const string Prefix = "monarch:process:";

    static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    static readonly TimeSpan OldInterval = TimeSpan.FromSeconds(15);
    static readonly TimeSpan MarkLifetime = TimeSpan.FromHours(1);

    // KEYS: the heartbeat, the set, the mark of a missed heartbeat. ARGV: the state, its lifetime in ms, the id. Removing the mark also
    // lets a process that was considered missed because Redis' clock was changed be reported again.
    const string Write = """
        local t = redis.call('TIME')
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        redis.call('DEL', KEYS[3])
        return redis.call('ZADD', KEYS[2], string.format('%.0f', t[1] * 1000 + math.floor(t[2] / 1000)), ARGV[3])
        """;

    // KEYS: the set. ARGV: the prefix of the keys of heartbeats. Returns id, age in ms and state of each; the state is empty when it has
    // expired, and then the id is removed, so that only one caller receives it.
    const string List = """
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        local out, all = {}, redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
        for i = 1, #all, 2 do
          local state = redis.call('GET', ARGV[1] .. all[i])
          if not state then redis.call('ZREM', KEYS[1], all[i]) end
          out[#out + 1] = all[i]
          out[#out + 1] = string.format('%.0f', now - all[i + 1])
          out[#out + 1] = state or ''
        end
        return out
        """;

    readonly ThisProcess _own;
    readonly RedisConnection? _redis;
    readonly ProcessInstruments _instruments;
    readonly ILogger<ProcessDirectory> _logger;

    internal ProcessDirectory(ThisProcess own, RedisConnection? redis, ProcessInstruments instruments, ILogger<ProcessDirectory> logger) =>
        (_own, _redis, _instruments, _logger) = (own, redis, instruments, logger);

    /// <summary>The time-out of a call to Redis.</summary>
    internal TimeSpan LongestCall => _redis?.Timeout ?? TimeSpan.Zero;

    /// <summary>
    /// The processes with a heartbeat within the last minute, the longest running first; without Redis only this process. Missed heartbeats
    /// are counted and logged by one of all callers.
    /// </summary>
    /// <exception cref="RedisUnavailableException">Redis is unavailable.</exception>
    public async Task<IReadOnlyList<ProcessState>> ListAsync(CancellationToken cancellationToken)
    {
        if (_redis is null)
        {
            return [await _own.ReadStateAsync(cancellationToken) with { HeartbeatAgeSeconds = 0, IsMissed = false }];
        }

        var found = (string[])(await _redis.EvaluateAsync(List, [All], [Prefix], cancellationToken))!;
        var states = new List<ProcessState>();
        foreach (var (id, milliseconds, json) in found.Chunk(3).Select(x => (x[0], x[1], x[2])))
        {
            var age = TimeSpan.FromMilliseconds(double.Parse(milliseconds, CultureInfo.InvariantCulture));
            if (json.Length == 0)
            {
                await ReportMissedAsync(id, ProcessInstruments.UnknownRole, age, cancellationToken);
            }
            // A state that this version cannot read is of a running process, and is left out.
            else if (Read(json) is { } read && Seen(read, age) is var state)
            {
                if (state.IsMissed == true)
                {
                    await ReportMissedAsync(id, state.Role, age, cancellationToken);
                }

                states.Add(state);
            }
        }

        return [.. states.OrderBy(x => x.StartedAt)];
    }

    internal async Task WriteAsync(ProcessState state, CancellationToken cancellationToken)
    {
        if (_redis is not null)
        {
            await _redis.EvaluateAsync(
                Write,
                [Key(state.Id), All, MarkKey(state.Id)],
                [JsonSerializer.Serialize(state, ProcessJson.Default.ProcessState), (long)LifetimeOf(state).TotalMilliseconds, state.Id],
                cancellationToken
            );
        }
    }

    internal Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        _redis?.RunAsync(x => Task.WhenAll(x.KeyDeleteAsync(Key(id)), x.SortedSetRemoveAsync(All, id)), cancellationToken)
        ?? Task.CompletedTask;

    static ProcessState? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ProcessJson.Default.ProcessState);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static ProcessState Seen(ProcessState state, TimeSpan age)
    {
        var isMissed = age > ProcessOptions.MissedAfter(IntervalOf(state));
        var seen = state with { HeartbeatAgeSeconds = Math.Round(age.TotalSeconds, 1), IsMissed = isMissed };
        return isMissed
            ? seen with
            {
                IsReady = false,
                Reason = $"Its last heartbeat is {age.TotalSeconds:0} seconds old: the process hangs, was killed, or cannot reach Redis.",
            }
            : seen;
    }

    // Only one of the processes that detect it reports it.
    async Task ReportMissedAsync(string id, string role, TimeSpan age, CancellationToken cancellationToken)
    {
        if (await _redis!.RunAsync(x => x.StringSetAsync(MarkKey(id), 1, MarkLifetime, When.NotExists), cancellationToken))
        {
            _instruments.Missed(role);
            Log.HeartbeatMissed(_logger, id, role, age.TotalSeconds);
        }
    }

    // Older versions do not write their interval.
    static TimeSpan IntervalOf(ProcessState state) => state.HeartbeatSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : OldInterval;

    // A missed process stays in the list for a while.
    static TimeSpan LifetimeOf(ProcessState state) => 4 * IntervalOf(state) is var life && life > Lifetime ? life : Lifetime;

    static RedisKey Key(string id) => Prefix + id;

    static RedisKey MarkKey(string id) => $"{Prefix}{id}:missed";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ProcessState))]
sealed partial class ProcessJson : JsonSerializerContext;
