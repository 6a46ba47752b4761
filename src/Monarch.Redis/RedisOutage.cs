using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>Distinguishes an outage from a mistake.</summary>
static class RedisOutage
{
    const string ReadOnly = "READONLY";

    static readonly string[] Extras = [", origin:", ", command=", ", mc:", " To allow this multiplexer"];

    static readonly string[] NotReady = ["LOADING", "MASTERDOWN", ReadOnly, "BUSY ", "TRYAGAIN", "CLUSTERDOWN", "OOM", "MISCONF", "NOREPLICAS"];

    public static bool Is(Exception exception) => exception switch
    {
        TimeoutException or RedisConnectionException => true,
        RedisServerException e => NotReady.Any(x => HasCode(e, x)),
        _ => false,
    };

    /// <summary>Whether the server refused a write because it is a replica.</summary>
    public static bool IsReplica(Exception exception) => exception is RedisException e && HasCode(e, ReadOnly);

    /// <summary>The same for a replica that was found out without a write.</summary>
    public static RedisConnectionException Replica() =>
        new(ConnectionFailureType.UnableToConnect, CommandFlags.None, $"{ReadOnly} The server is a replica");

    /// <summary>Whether the cause is an outage that a <see cref="RedisConnection"/> reported; MassTransit wraps what sagas throw.</summary>
    public static bool IsBehind(Exception? exception) =>
        exception is not null && (exception is RedisUnavailableException || IsBehind(exception.InnerException));

    /// <summary>The exception's message and its root's, without the client library's figures and hints, which follow the reason.</summary>
    public static string Reason(Exception exception)
    {
        var (message, root) = (First(exception), First(exception.GetBaseException()));
        return message.Contains(root, StringComparison.Ordinal) ? message : $"{message}: {root}";
    }

    static string First(Exception exception) => exception.Message.Split(Extras, 2, StringSplitOptions.None)[0].TrimEnd('.');

    // Redis 6.2 wraps what a command in a script answered: "ERR Error running script (…): @user_script:1: -READONLY You can't write …".
    static bool HasCode(RedisException exception, string code) =>
        exception.Message.StartsWith(code, StringComparison.Ordinal) || exception.Message.Contains($": -{code}", StringComparison.Ordinal);
}
