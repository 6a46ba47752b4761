using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Logs.Store;

/// <summary>Whether logs are also written to Redis, where, and how much of them is kept.</summary>
sealed class LogStoreOptions
{
    public const string StoreKey = "MONARCH_LOG_STORE";
    public const string RedisKey = "MONARCH_LOG_REDIS";
    public const string MaxMegabytesKey = "MONARCH_LOG_MAX_MB";

    // The rest is the state's. A server for logs alone leaves room below the share at which writing stops.
    const int PartBesideState = 6;
    const int PartAlone = 2;

    /// <summary>On by default, which has an effect where a Redis is configured.</summary>
    [ConfigurationKeyName(StoreKey)]
    public LogStoreSwitch Store { get; set; } = LogStoreSwitch.On;

    /// <summary>Days for which lines are kept, today included.</summary>
    [ConfigurationKeyName("MONARCH_LOG_DAYS"), Range(1, 3650)]
    public int Days { get; set; } = 30;

    /// <summary>Lines of one day that are kept, about; the oldest are removed first.</summary>
    [ConfigurationKeyName("MONARCH_LOG_DAY_LINES"), Range(1000, 100_000_000)]
    public int DayLines { get; set; } = 100_000;

    /// <summary>Memory of all days together at Redis, in MiB; less where the server's limit is small.</summary>
    [ConfigurationKeyName(MaxMegabytesKey), Range(1, 1_000_000)]
    public int MaxMegabytes { get; set; } = 64;

    /// <summary>URL of a Redis for logs alone; null means the one that keeps the state. Holds a secret.</summary>
    [ConfigurationKeyName(RedisKey)]
    public string? Redis { get; set; }

    public long MaxBytes => MaxMegabytes * 1024L * 1024;

    /// <summary>The memory that all days together may take, in bytes.</summary>
    /// <param name="maxMemory">The memory that the server may use; 0 means that it has no limit.</param>
    public long Limit(long maxMemory) =>
        maxMemory > 0 ? Math.Min(MaxBytes, maxMemory / (Redis is null ? PartBesideState : PartAlone)) : MaxBytes;
}

enum LogStoreSwitch
{
    On,
    Off,
}
