using Monarch.Hosting.Figures;
using Monarch.Redis;

namespace Monarch.Hosting.Logs.Store;

/// <summary>Watches over Redis' memory: the log must never take what the state needs.</summary>
sealed class LogMemory(RedisConnection redis, LogStoreOptions options, TimeProvider time)
{
    /// <summary>The share of its limit that Redis may use for lines to be written.</summary>
    public const double MostShare = 0.75;

    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    long? _lookedAt;
    long _used, _most;

    /// <summary>Whether Redis is near its limit, by a look that is a second old at most. False without a limit.</summary>
    /// <exception cref="RedisUnavailableException">Redis is away.</exception>
    public async Task<bool> IsShortAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        return _most > 0 && _used > MostShare * _most;
    }

    /// <summary>How many bytes all days together may take.</summary>
    /// <inheritdoc cref="IsShortAsync"/>
    public async Task<long> LimitAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        return options.Limit(_most);
    }

    async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_lookedAt is { } lookedAt && time.GetElapsedTime(lookedAt) < Every)
        {
            return;
        }

        var info = (string?)await redis.ExecuteAsync("INFO", cancellationToken, "memory") ?? "";
        (_used, _most) = (RedisMemoryFigures.Value(info, "used_memory") ?? 0, RedisMemoryFigures.Value(info, "maxmemory") ?? 0);
        _lookedAt = time.GetTimestamp();
    }
}
