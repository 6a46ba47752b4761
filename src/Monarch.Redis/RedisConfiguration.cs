using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>Translates <see cref="RedisOptions"/> into the client library's own.</summary>
static class RedisConfiguration
{
    public static ConfigurationOptions Of(RedisOptions options)
    {
        var timeout = options.Timeout.TotalMilliseconds;
        var configuration = new ConfigurationOptions
        {
            // A second connection for subscriptions. On a shared one (RESP3) the server's buffer limit for subscribers would hold for replies too.
            Protocol = RedisProtocol.Resp2,
            // INFO, CLIENT and SCRIPT are refused by the library without it.
            AllowAdmin = true,
            // A failed attempt ends with its reason, such as WRONGPASS, before the call that waits for it. RedisClient makes the next one.
            AbortOnConnectFail = true,
            ConnectRetry = 1,
            ConnectTimeout = (int)(timeout * 0.8),
            // Shorter than RedisOptions.Timeout, since the library looks for expired calls once per heartbeat.
            AsyncTimeout = (int)(timeout * 0.8),
            SyncTimeout = (int)(timeout * 0.8),
            HeartbeatInterval = TimeSpan.FromMilliseconds(Math.Clamp(timeout * 0.1, 50, 1000)),
            Password = string.IsNullOrEmpty(options.Password) ? null : options.Password,
            Ssl = options.Tls,
            SslHost = options.Tls ? options.Host : null,
            // CLIENT LIST shows which process a connection belongs to.
            ClientName = $"monarch-{Environment.MachineName}-{Environment.ProcessId}",
            // For several servers that elect a master; ours is one.
            TieBreaker = "",
            ConfigurationChannel = "",
        };
        configuration.EndPoints.Add(options.Host!, options.Port);
        return configuration;
    }
}
