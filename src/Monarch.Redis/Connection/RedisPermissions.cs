using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Redis.Connection;

/// <summary>
/// Checks at start whether the ACL user has all rights that Monarch needs. <c>ACL DRYRUN</c> would be simpler, but needs Redis 7 and a
/// permission that such a user lacks. Therefore each command is called without effect: on keys that do not exist, or on a key that holds a
/// string, which most commands refuse after the check of the permission.
/// </summary>
sealed partial class RedisPermissions(
    RedisConnection redis,
    IEnumerable<RedisChannelUse> channels,
    RedisLogUse? logs = null,
    IOptions<RedisOptions>? options = null
)
{
    const string Prefix = "monarch:";

    /// <summary>The lifetime of the key; long enough for all calls.</summary>
    const string Milliseconds = "60000";

    // "none" stands for a key that does not exist, "text" for one that holds a string, "|" for a space before a subcommand.
    static readonly string[] Calls =
    [
        "DEL none",
        "EVAL return(0) 0",
        "EVALSHA 0000000000000000000000000000000000000000 0",
        "EXISTS none",
        "EXPIRE none 1",
        "GET none",
        "HDEL none f",
        "HGET none f",
        "HGETALL none",
        "HINCRBY text f 1",
        "HMGET none f",
        "HMSET text f v",
        "HSET text f v",
        "HSETNX text f v",
        "HVALS none",
        "INFO server",
        "LLEN none",
        "LRANGE none 0 0",
        "MGET none",
        "PERSIST none",
        "PEXPIRE none 1",
        "PING",
        "PSETEX text 60000 0",
        "PUBLISH text 0",
        "RENAME none none",
        "RPUSH text v",
        "SCRIPT|LOAD return(0)",
        "SETEX text 60 0",
        "TIME",
        "UNLINK none",
        "XACK none g 0-1",
        "XADD text * f v",
        "XAUTOCLAIM none g c 1 0",
        "XDEL none 0-1",
        "XGROUP|CREATE none g 0",
        "XLEN none",
        "XPENDING none g",
        "XREADGROUP GROUP g c STREAMS none >",
        "XREVRANGE none + -",
        "ZADD text 0 m",
        "ZCARD none",
        "ZCOUNT none 0 0",
        "ZMSCORE none m",
        "ZRANGE none 0 0",
        "ZRANGEBYSCORE none 0 0",
        "ZRANK none m",
        "ZREM none m",
        "ZREMRANGEBYSCORE none 0 0",
        "ZREVRANGE none 0 0",
        "ZSCORE none m",
    ];

    // Only for the log store: not needed if it is on another server, or off.
    static readonly string[] LogCalls = ["MEMORY|USAGE none", "XRANGE none - +", "XTRIM none MAXLEN 0"];

    // Only if VALKEY_WAIT_REPLICAS is set.
    static readonly string[] WaitCalls = ["WAIT 0 1"];

    /// <summary>Checked separately, or only used by the client library, to name the connection and to select the database.</summary>
    static readonly string[] Others = ["CLIENT|ID", "CLIENT|SETNAME", "SELECT", "SET", "SUBSCRIBE", "UNSUBSCRIBE"];

    /// <summary>The commands that Monarch uses, as rules of <c>ACL SETUSER</c>, in alphabetical order.</summary>
    public static IReadOnlyList<string> Commands { get; } =
    [
        .. Calls
            .Concat(LogCalls)
            .Concat(WaitCalls)
            .Select(x => x.Split(' ')[0])
            .Concat(Others)
            .Select(x => $"+{x.ToLowerInvariant()}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// The missing rights, as rules of <c>ACL SETUSER</c>, such as <c>+evalsha</c> or <c>~monarch:*</c>; empty when there are none.
    /// </summary>
    /// <exception cref="RedisUnavailableException">Redis is unavailable.</exception>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        var key = $"{Prefix}check:{Guid.NewGuid():N}";
        // First, because some of the other calls need this key.
        var set = await RefusalAsync($"SET text 0 PX {Milliseconds}", key, cancellationToken);
        string[] calls = [.. Calls, .. logs is null ? [] : LogCalls, .. options?.Value.WaitReplicas > 0 ? WaitCalls : []];
        var refusals = await Task.WhenAll([
            Task.FromResult(set),
            .. calls
                .Where(x => set is null || !x.Contains(" text", StringComparison.Ordinal))
                .Select(x => RefusalAsync(x, key, cancellationToken)),
            .. channels.Select(x => x.Channel).Append(key).Select(x => SubscriptionRefusalAsync(x, cancellationToken)),
        ]);
        return [.. refusals.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The missing rule that an error of the server reports; null when it reports none.</summary>
    /// <param name="exception">The failure of a call.</param>
    /// <param name="names">The pattern of the keys or channels that were used.</param>
    /// <remarks>
    /// "NOPERM this user has no permissions to run the 'evalsha' command", "… to access one of the keys used as arguments", and newer
    /// wordings of the same. Any other error is the command's own, which is permitted then.
    /// </remarks>
    public static string? Missing(Exception exception, string names = $"{Prefix}*") =>
        (exception as RedisServerException ?? exception.InnerException as RedisServerException)?.Message is not { } message
        || !message.StartsWith("NOPERM", StringComparison.Ordinal)
            ? null
        : Command().Match(message) is { Success: true } command ? $"+{command.Groups[1].Value}"
        : message.Contains("channel", StringComparison.Ordinal) ? $"&{names}"
        : $"~{names}";

    async Task<string?> RefusalAsync(string call, string key, CancellationToken cancellationToken)
    {
        var words = call.Split(' ', '|')
            .Select(x =>
                x switch
                {
                    "none" => $"{key}:none",
                    "text" => key,
                    _ => x,
                }
            )
            .ToList();
        try
        {
            await redis.ExecuteAsync(words[0], cancellationToken, [.. words.Skip(1)]);
            return null;
        }
        catch (RedisServerException)
        {
            return null;
        }
        catch (RedisUnavailableException e) when (Missing(e) is { } missing)
        {
            return missing;
        }
    }

    async Task<string?> SubscriptionRefusalAsync(string channel, CancellationToken cancellationToken)
    {
        try
        {
            await (await redis.SubscribeAsync(channel, _ => { }, cancellationToken)).DisposeAsync();
            return null;
        }
        catch (Exception e) when (Missing(e, channel.StartsWith(Prefix, StringComparison.Ordinal) ? $"{Prefix}*" : channel) is { } missing)
        {
            return missing;
        }
    }

    [GeneratedRegex("'([^']+)' command")]
    private static partial Regex Command();
}

/// <summary>A channel outside of <c>monarch:*</c> that a feature subscribes to; the user's rights to it are checked at start.</summary>
/// <param name="Channel">Its exact name.</param>
public sealed record RedisChannelUse(string Channel);

/// <summary>Registered if the Redis of the state stores log lines; the rights for it are checked at start.</summary>
public sealed record RedisLogUse;
