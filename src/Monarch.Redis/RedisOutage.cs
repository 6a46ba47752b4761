using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>Tells an outage from a mistake.</summary>
static class RedisOutage
{
    static readonly string[] NotReady = ["LOADING", "MASTERDOWN", "READONLY", "BUSY ", "TRYAGAIN", "CLUSTERDOWN", "OOM", "MISCONF", "NOREPLICAS"];

    public static bool Is(Exception exception) => exception switch
    {
        TimeoutException or RedisConnectionException => true,
        RedisServerException e => NotReady.Any(x => e.Message.StartsWith(x, StringComparison.Ordinal)),
        _ => false,
    };

    /// <summary>Whether an outage that a <see cref="RedisConnection"/> told of is the cause; MassTransit wraps what sagas throw.</summary>
    public static bool IsBehind(Exception? exception) =>
        exception is not null && (exception is RedisUnavailableException || IsBehind(exception.InnerException));

    /// <summary>The exception's message without the client's inner figures, which follow the reason.</summary>
    public static string Reason(Exception exception) => exception.Message.Split(", origin:")[0].TrimEnd('.');
}
