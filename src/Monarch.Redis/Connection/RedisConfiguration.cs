using System.Net;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace Monarch.Redis.Connection;

/// <summary>Translates <see cref="RedisOptions"/> into options of the client library.</summary>
static class RedisConfiguration
{
    /// <summary>
    /// Without the commands that the library calls whenever it checks the server's role, and that a restricted user may not call. Without
    /// ECHO, the library uses PING.
    /// </summary>
    static readonly CommandMap Commands = CommandMap.Create(["CLUSTER", "CONFIG", "ECHO", "SENTINEL"], available: false);

    /// <summary>The configuration of the next attempt to connect to the server, which is located by the sentinels if configured.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="attempt">
    /// Counts the attempts: each starts with another sentinel, since a sentinel may be cut off together with an old master.
    /// </param>
    /// <exception cref="RedisConnectionException">No sentinel knows the server.</exception>
    public static async Task<ConfigurationOptions> OfAsync(RedisOptions options, int attempt)
    {
        var address = RedisAddress.Of(options);
        EndPoint server = address.Service is null ? address.Hosts[0] : await RedisSentinels.FindMasterAsync(options, address, attempt);
        var configuration = Of(options, address, server, Commands);
        (configuration.User, configuration.Password, configuration.DefaultDatabase) = (address.User, address.Password, address.Database);
        return configuration;
    }

    /// <summary>The configuration of a connection to a sentinel.</summary>
    public static ConfigurationOptions OfSentinel(RedisOptions options, RedisAddress address, EndPoint sentinel)
    {
        var configuration = Of(options, address, sentinel, CommandMap.Sentinel);
        configuration.Password = options.SentinelPassword;
        return configuration;
    }

    static ConfigurationOptions Of(RedisOptions options, RedisAddress address, EndPoint server, CommandMap commands)
    {
        var timeout = options.Timeout.TotalMilliseconds;
        var configuration = new ConfigurationOptions
        {
            EndPoints = { server },
            CommandMap = commands,
            // A second connection for subscriptions. On a shared connection (RESP3) the server's buffer limit for subscribers would apply
            // to replies too.
            Protocol = RedisProtocol.Resp2,
            // Otherwise the library refuses INFO, CLIENT and SCRIPT.
            AllowAdmin = true,
            // A failed attempt throws its reason, such as WRONGPASS, before the call that waits for it times out. RedisClient retries.
            AbortOnConnectFail = true,
            ConnectRetry = 1,
            ConnectTimeout = (int)(timeout * 0.8),
            // Shorter than RedisOptions.Timeout, since the library looks for expired calls once per heartbeat.
            AsyncTimeout = (int)(timeout * 0.75),
            SyncTimeout = (int)(timeout * 0.75),
            HeartbeatInterval = TimeSpan.FromMilliseconds(Math.Clamp(timeout * 0.2, 50, 1000)),
            Ssl = address.Tls,
            // CLIENT LIST shows which process a connection belongs to.
            ClientName = $"monarch-{Environment.MachineName}-{Environment.ProcessId}",
            SetClientLibrary = false,
            // Only useful for several servers that elect a master.
            TieBreaker = "",
            ConfigurationChannel = "",
        };
        if (options.CaFile is not null)
        {
            configuration.TrustIssuer(X509Certificate2.CreateFromPem(File.ReadAllText(options.CaFile)));
        }

        return configuration;
    }
}
