using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Logging.Store;

/// <summary>The log store in Redis: its server and its limits.</summary>
sealed class LogStoreOptions
{
    public const string StoreKey = "MONARCH_LOG_STORE";
    public const string RedisKey = "MONARCH_LOG_REDIS";
    public const string MaxMegabytesKey = "MONARCH_LOG_MAX_MB";

    // The rest is for the state. On a server for logs only, the limit stays below the share at which writing stops.
    const int PartBesideState = 6;
    const int PartAlone = 2;

    /// <summary>On by default; without effect where no Redis is configured.</summary>
    [ConfigurationKeyName(StoreKey)]
    public LogStoreSwitch Store { get; set; } = LogStoreSwitch.On;

    /// <summary>The number of days for which lines are kept, today included.</summary>
    [ConfigurationKeyName("MONARCH_LOG_DAYS"), Range(1, 3650)]
    public int Days { get; set; } = 30;

    /// <summary>The approximate number of lines kept per day; the oldest are removed first.</summary>
    [ConfigurationKeyName("MONARCH_LOG_DAY_LINES"), Range(1000, 100_000_000)]
    public int DayLines { get; set; } = 100_000;

    /// <summary>The memory of all days in Redis, in MiB; less if the server's limit is small.</summary>
    [ConfigurationKeyName(MaxMegabytesKey), Range(1, 1_000_000)]
    public int MaxMegabytes { get; set; } = 64;

    /// <summary>The URL of a Redis for logs only; null means the Redis of the state. Contains a secret.</summary>
    [ConfigurationKeyName(RedisKey)]
    public string? Redis { get; set; }

    public long MaxBytes => MaxMegabytes * 1024L * 1024;

    /// <summary>The memory that all days together may use, in bytes.</summary>
    /// <param name="maxMemory">The server's memory limit in bytes; 0 means none.</param>
    public long Limit(long maxMemory) =>
        maxMemory > 0 ? Math.Min(MaxBytes, maxMemory / (Redis is null ? PartBesideState : PartAlone)) : MaxBytes;
}

enum LogStoreSwitch
{
    On,
    Off,
}
