using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>Connects, however long it takes, and logs an outage once.</summary>
sealed class RedisDialler(RedisOptions options, TimeProvider time, ILogger logger)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly Outage _outage = new();

    public async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // It returns without a connection when the server is away (AbortOnConnectFail = false) and goes on trying by itself.
                var multiplexer = await ConnectionMultiplexer.ConnectAsync(Configuration());
                Watch(multiplexer);
                return multiplexer;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A name that cannot be resolved ends up here.
                Lost(e.Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>To be called when an outage is found out by other means than the connection's own.</summary>
    public void Lost(string reason)
    {
        if (_outage.Begins())
            Log.RedisLost(logger, options.ToString(), reason);
    }

    void Watch(ConnectionMultiplexer multiplexer)
    {
        multiplexer.ConnectionFailed += (_, e) =>
        {
            if (e.ConnectionType == ConnectionType.Interactive)
                Lost(e.Exception is { } x ? RedisOutage.Reason(x) : e.FailureType.ToString());
        };
        multiplexer.ConnectionRestored += (_, e) =>
        {
            if (e.ConnectionType == ConnectionType.Interactive && _outage.Ends())
                Log.RedisBack(logger, options.ToString());
        };
        if (multiplexer.IsConnected)
        {
            if (_outage.Ends())
                Log.RedisBack(logger, options.ToString());
        }
        else
        {
            Lost("no connection");
        }
    }

    ConfigurationOptions Configuration()
    {
        var configuration = new ConfigurationOptions
        {
            AbortOnConnectFail = false,
            // Shorter than a call, so that the call that waits for the connection hears why there is none.
            ConnectTimeout = (int)(options.Timeout.TotalMilliseconds * 0.8),
            // Nothing of ours is synchronous; it also says how long a silent socket counts as alive.
            SyncTimeout = (int)options.Timeout.TotalMilliseconds,
            ConfigCheckSeconds = 300,
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
