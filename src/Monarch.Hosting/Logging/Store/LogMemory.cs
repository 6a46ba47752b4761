using Monarch.Hosting.Telemetry;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;

namespace Monarch.Hosting.Logging.Store;

/// <summary>Monitors Redis' memory: the log must not use the memory that the state needs.</summary>
sealed class LogMemory(RedisConnection redis, LogStoreOptions options, TimeProvider time)
{
    /// <summary>Lines are written while Redis uses at most this share of its limit.</summary>
    public const double MostShare = 0.75;

    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    long? _readAt;
    long _used,
        _most;

    /// <summary>Whether Redis is near its limit, by a reading that is at most a second old. False without a limit.</summary>
    /// <exception cref="RedisUnavailableException">Redis is unavailable.</exception>
    public async Task<bool> IsShortAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        return _most > 0 && _used > MostShare * _most;
    }

    /// <summary>The memory that all days together may use, in bytes.</summary>
    /// <inheritdoc cref="IsShortAsync"/>
    public async Task<long> LimitAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        return options.Limit(_most);
    }

    async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_readAt is { } readAt && time.GetElapsedTime(readAt) < Every)
        {
            return;
        }

        var info = (string?)await redis.ExecuteAsync("INFO", cancellationToken, "memory") ?? "";
        (_used, _most) = (RedisMemoryFigures.Value(info, "used_memory") ?? 0, RedisMemoryFigures.Value(info, "maxmemory") ?? 0);
        _readAt = time.GetTimestamp();
    }
}
