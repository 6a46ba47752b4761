using System.Globalization;
using Monarch.Redis;

namespace Monarch.Hosting.Logs.Store;

/// <summary>Watches over Redis' memory: the log must never take what the state needs.</summary>
sealed class LogMemory(RedisConnection redis, TimeProvider time)
{
    /// <summary>The share of its limit that Redis may use for lines to be written.</summary>
    public const double MostShare = 0.75;

    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    long? _lookedAt;
    bool _isShort;

    /// <summary>Whether Redis is near its limit, by a look that is a second old at most. False without a limit.</summary>
    /// <exception cref="RedisUnavailableException">Redis is away.</exception>
    public async Task<bool> IsShortAsync(CancellationToken cancellationToken)
    {
        if (_lookedAt is { } lookedAt && time.GetElapsedTime(lookedAt) < Every)
        {
            return _isShort;
        }

        var info = (string?)await redis.ExecuteAsync("INFO", cancellationToken, "memory") ?? "";
        var limit = Number(info, "maxmemory");
        _isShort = limit > 0 && Number(info, "used_memory") > MostShare * limit;
        _lookedAt = time.GetTimestamp();
        return _isShort;
    }

    static long Number(string info, string name)
    {
        var line = info.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(x => x.StartsWith($"{name}:", StringComparison.Ordinal));
        return long.TryParse(line?[(name.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
