using StackExchange.Redis;

namespace Monarch.Redis.Outages;

/// <summary>Distinguishes an outage from a programming error.</summary>
static class RedisOutage
{
    // The errors of a replica: for writes, and for every command when it must not serve stale data.
    const string ReadOnly = "READONLY";
    const string StaleReplica = "MASTERDOWN";

    static readonly string[] Extras = [", origin:", ", command=", ", mc:", " To allow this multiplexer"];

    const string TooFewReplicas = "NOREPLICAS";

    static readonly string[] NotReady =
    [
        "LOADING",
        StaleReplica,
        ReadOnly,
        "BUSY ",
        "TRYAGAIN",
        "CLUSTERDOWN",
        "OOM",
        "MISCONF",
        TooFewReplicas,
    ];

    // An operator restores a missing login or right, and nothing may be lost until then.
    static readonly string[] Denied = ["NOPERM", "NOAUTH", "WRONGPASS"];

    // A script that lacks the right to a command fails without an error code: up to Redis 7.0, and from Redis 7.2 and Valkey on.
    static readonly string[] DeniedInScript = ["The user executing the script can't", "ACL failure in script"];

    public static bool Is(Exception exception) =>
        exception switch
        {
            TimeoutException or RedisConnectionException => true,
            RedisServerException e => NotReady.Concat(Denied).Any(x => HasCode(e, x))
                || DeniedInScript.Any(x => e.Message.Contains(x, StringComparison.Ordinal)),
            _ => false,
        };

    /// <summary>Whether the server refused a call because it is a replica.</summary>
    public static bool IsReplica(Exception exception) =>
        exception is RedisException e && (HasCode(e, ReadOnly) || HasCode(e, StaleReplica));

    /// <summary>Whether a master refused a write because it has lost its replicas: another server may have been promoted.</summary>
    public static bool LacksReplicas(Exception exception) => exception is RedisException e && HasCode(e, TooFewReplicas);

    /// <summary>The exception's message and its root's, without the client library's figures and hints, which follow the reason.</summary>
    public static string Reason(Exception exception)
    {
        var (message, root) = (First(exception), First(exception.GetBaseException()));
        return message.Contains(root, StringComparison.Ordinal) ? message : $"{message}: {root}";
    }

    static string First(Exception exception) => exception.Message.Split(Extras, 2, StringSplitOptions.None)[0].TrimEnd('.');

    // Redis 6.2 wraps the error of a command in a script: "ERR Error running script (…): @user_script:1: -READONLY You can't write …".
    static bool HasCode(RedisException exception, string code) =>
        exception.Message.StartsWith(code, StringComparison.Ordinal) || exception.Message.Contains($": -{code}", StringComparison.Ordinal);
}
