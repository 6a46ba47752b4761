using System.Net;
using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>
/// Asks sentinels where the master is. The client library's own way to do so blocks threads while it waits for the sentinels, and again at each failover: so
/// Monarch asks before each attempt to connect, and attempts again when the master is lost or has become a replica.
/// </summary>
static class RedisSentinels
{
    /// <summary>Begins the message when none of the sentinels that answer knows the service.</summary>
    public const string Unknown = "no sentinel knows the service";

    /// <summary>Begins the message when no sentinel answers.</summary>
    public const string Silent = "no sentinel answers";

    /// <summary>The master's address, from the first sentinel that knows it.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="address">The sentinels and the service.</param>
    /// <param name="attempt">Which sentinel is asked first, counted around.</param>
    /// <exception cref="RedisConnectionException">None knows it.</exception>
    public static async Task<EndPoint> FindMasterAsync(RedisOptions options, RedisAddress address, int attempt)
    {
        var (isAnswered, reasons, failure) = (false, new List<string>(), (Exception?)null);
        for (var i = 0; i < address.Hosts.Count; i++)
        {
            var sentinel = address.Hosts[(int)(((uint)attempt + (uint)i) % (uint)address.Hosts.Count)];
            try
            {
                await using var connection = await ConnectionMultiplexer.ConnectAsync(RedisConfiguration.OfSentinel(options, address, sentinel));
                if (await connection.GetServers()[0].SentinelGetMasterAddressByNameAsync(address.Service!) is { } master)
                    return master;
                isAnswered = true;
            }
            catch (Exception e) when (e is RedisException or TimeoutException or OperationCanceledException)
            {
                failure = e;
                reasons.Add($"{sentinel.Host}:{sentinel.Port}: {RedisOutage.Reason(e)}");
            }
        }
        throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None,
            isAnswered ? $"{Unknown} '{address.Service}'" : $"{Silent}: {string.Join("; ", reasons)}", isAnswered ? null : failure);
    }
}
