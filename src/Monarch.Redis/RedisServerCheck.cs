using System.Globalization;
using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>
/// Finds out whether a server is fit to keep state. By INFO, since managed servers forbid CONFIG.
/// </summary>
sealed class RedisServerCheck(RedisConnection redis)
{
    /// <summary>XAUTOCLAIM came with it.</summary>
    static readonly Version Oldest = new(6, 2);

    static readonly string[] PasswordFaults = ["NOAUTH", "NOPERM", "WRONGPASS", "invalid password"];

    /// <summary>What is wrong with the server, with the remedy; null when it is fit.</summary>
    /// <exception cref="RedisUnavailableException">It is away.</exception>
    public async Task<string?> FaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Fault(await redis.InfoAsync(cancellationToken));
        }
        catch (Exception e) when (e is RedisServerException or RedisUnavailableException && PasswordFaults.Any(x => e.Message.Contains(x, StringComparison.Ordinal)))
        {
            return "VALKEY_PASSWORD does not open the server at VALKEY_HOST. Give the default user's password.";
        }
    }

    public static string? Fault(string info)
    {
        var facts = info.Split('\n', StringSplitOptions.TrimEntries).Select(x => x.Split(':', 2)).Where(x => x.Length == 2)
            .DistinctBy(x => x[0]).ToDictionary(x => x[0], x => x[1]);
        var version = facts.GetValueOrDefault("redis_version", "");
        if (Version.TryParse(version, out var parsed) && parsed < Oldest)
            return $"VALKEY_HOST is a Redis {version}, which is too old. Use Redis {Oldest} or newer, or any Valkey.";

        var policy = facts.GetValueOrDefault("maxmemory_policy", "noeviction");
        var limit = long.TryParse(facts.GetValueOrDefault("maxmemory", "0"), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
        if (limit > 0 && policy != "noeviction")
        {
            return $"VALKEY_HOST is a Redis with maxmemory {limit} and maxmemory-policy {policy}, which may throw state away when memory "
                + "runs short. Set maxmemory-policy to noeviction (CONFIG SET maxmemory-policy noeviction, and in redis.conf).";
        }
        return null;
    }
}
