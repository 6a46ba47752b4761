using System.Net;
using Monarch.Redis.Outages;
using StackExchange.Redis;

namespace Monarch.Redis.Connection;

/// <summary>
/// Queries the sentinels for the master. The client library's own query blocks threads while it waits, and at each failover: therefore
/// Monarch queries before each attempt to connect, and connects again when the master is lost or has become a replica.
/// </summary>
static class RedisSentinels
{
    /// <summary>The start of the message when no responding sentinel knows the service.</summary>
    public const string Unknown = "no sentinel knows the service";

    /// <summary>The start of the message when no sentinel responds.</summary>
    public const string Silent = "no sentinel responds";

    /// <summary>The master's address, from the first sentinel that knows it.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="address">The sentinels and the service.</param>
    /// <param name="attempt">The index of the first sentinel to query, modulo their number.</param>
    /// <exception cref="RedisConnectionException">No sentinel knows the master.</exception>
    public static async Task<EndPoint> FindMasterAsync(RedisOptions options, RedisAddress address, int attempt)
    {
        var (isAnswered, reasons, failure) = (false, new List<string>(), (Exception?)null);
        for (var i = 0; i < address.Hosts.Count; i++)
        {
            var sentinel = address.Hosts[(int)(((uint)attempt + (uint)i) % (uint)address.Hosts.Count)];
            try
            {
                await using var connection = await ConnectionMultiplexer.ConnectAsync(
                    RedisConfiguration.OfSentinel(options, address, sentinel)
                );
                if (await connection.GetServers()[0].SentinelGetMasterAddressByNameAsync(address.Service!) is { } master)
                {
                    return master;
                }

                isAnswered = true;
            }
            catch (Exception e) when (e is RedisException or TimeoutException or OperationCanceledException)
            {
                failure = e;
                reasons.Add($"{sentinel.Host}:{sentinel.Port}: {RedisOutage.Reason(e)}");
            }
        }
        throw new RedisConnectionException(
            ConnectionFailureType.UnableToConnect,
            CommandFlags.None,
            isAnswered ? $"{Unknown} '{address.Service}'" : $"{Silent}: {string.Join("; ", reasons)}",
            isAnswered ? null : failure
        );
    }
}
