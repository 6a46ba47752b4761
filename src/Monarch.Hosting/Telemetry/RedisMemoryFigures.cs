using System.Diagnostics.Metrics;
using System.Globalization;
using Monarch.Redis.Connection;

namespace Monarch.Hosting.Telemetry;

/// <summary>The memory that Redis uses, and its limit.</summary>
sealed class RedisMemoryFigures : ISharedFigures
{
    readonly RedisConnection _redis;
    readonly SharedGauge<long> _used,
        _limit;

    public RedisMemoryFigures(RedisConnection redis, IMeterFactory meters)
    {
        _redis = redis;
        var meter = meters.Create("Monarch");
        _used = new(meter, "monarch.redis.memory.used", "By", "Memory that Redis uses.");
        _limit = new(meter, "monarch.redis.memory.limit", "By", "Memory that Redis may use (maxmemory); absent when it has no limit.");
    }

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var info = (string?)await _redis.ExecuteAsync("INFO", cancellationToken, "memory") ?? "";
        _used.Set(Value(info, "used_memory"));
        _limit.Set(Value(info, "maxmemory") is > 0 and var limit ? limit : null);
    }

    public void Forget()
    {
        _used.Clear();
        _limit.Clear();
    }

    internal static long? Value(string info, string name) =>
        info.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(x => x.StartsWith($"{name}:", StringComparison.Ordinal)) is { } line
        && long.TryParse(line.AsSpan(name.Length + 1), CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
