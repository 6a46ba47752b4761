using System.Net;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>Translates <see cref="RedisOptions"/> into the client library's own.</summary>
static class RedisConfiguration
{
    /// <summary>
    /// Without what the library would ask each time that it looks at the server's role, and a restricted user may not. Without ECHO, it uses PING.
    /// </summary>
    static readonly CommandMap Commands = CommandMap.Create(["CLUSTER", "CONFIG", "ECHO", "SENTINEL"], available: false);

    /// <summary>The configuration of the next attempt to connect to the server; sentinels are asked where it is.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="attempt">Counts the attempts: each begins with another sentinel, since one may be cut off together with an old master.</param>
    /// <exception cref="RedisConnectionException">No sentinel knows it.</exception>
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
            // A second connection for subscriptions. On a shared one (RESP3) the server's buffer limit for subscribers would hold for replies too.
            Protocol = RedisProtocol.Resp2,
            // INFO, CLIENT and SCRIPT are refused by the library without it.
            AllowAdmin = true,
            // A failed attempt ends with its reason, such as WRONGPASS, before the call that waits for it. RedisClient makes the next one.
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
            // For several servers that elect a master; ours is one.
            TieBreaker = "",
            ConfigurationChannel = "",
        };
        if (options.CaFile is not null)
            configuration.TrustIssuer(X509Certificate2.CreateFromPem(File.ReadAllText(options.CaFile)));
        return configuration;
    }
}
