using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Settings;
using Monarch.Redis;
using Monarch.Redis.Connection;
using Serilog;
using Serilog.Configuration;

namespace Monarch.Hosting.Logging.Store;

static class LogStoreRegistration
{
    static readonly BatchingOptions Batching = new()
    {
        BatchSizeLimit = 1000,
        BufferingTimeLimit = TimeSpan.FromMilliseconds(500),
        // The sink bounds the queue.
        QueueLimit = null,
    };

    /// <summary>
    /// Adds the store if a Redis is configured for it. It has its own connection, so that calls for the state do not wait behind log lines.
    /// </summary>
    public static void AddLogStore(this WebApplicationBuilder builder, HostRole role)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddOptions<LogStoreOptions>().Bind(configuration).ValidateRanges();
        services.AddSingleton<IValidateOptions<LogStoreOptions>, LogStoreOptionsValidator>();
        var isOff = string.Equals(configuration[LogStoreOptions.StoreKey], nameof(LogStoreSwitch.Off), StringComparison.OrdinalIgnoreCase);
        // The archive role does not use the Redis of the state.
        var hasOwnRedis = configuration[LogStoreOptions.RedisKey] is not null;
        if (isOff || !(hasOwnRedis || (configuration.HasRedis() && !role.HasArchiveOnly)))
        {
            return;
        }

        if (!hasOwnRedis)
        {
            services.AddSingleton<RedisLogUse>();
        }

        services.AddSingleton(provider => new LogStore(
            Connect(provider, configuration),
            provider.GetRequiredService<IOptions<LogStoreOptions>>().Value.DayLines
        ));
        services.AddSingleton<LogInstruments>();
    }

    /// <summary>Writes to the store, if it is configured.</summary>
    public static LoggerConfiguration WriteToStore(this LoggerConfiguration logger, IServiceProvider services, Redaction redaction)
    {
        if (services.GetService<LogStore>() is not { } store)
        {
            return logger;
        }

        var sink = Sink(
            store,
            services.GetRequiredService<IOptions<LogStoreOptions>>().Value,
            redaction,
            services.GetRequiredService<LogInstruments>(),
            // It uses the logger that is being created here.
            () => services.GetRequiredService<ILogger<LogStore>>(),
            services.GetRequiredService<TimeProvider>()
        );
        return logger.WriteToStore(sink);
    }

    internal static LoggerConfiguration WriteToStore(this LoggerConfiguration logger, LogStoreSink sink) =>
        logger.WriteTo.Conditional(_ => sink.HasRoom(), to => to.Sink(sink, Batching));

    internal static LogStoreSink Sink(
        LogStore store,
        LogStoreOptions options,
        Redaction redaction,
        LogInstruments instruments,
        Func<Microsoft.Extensions.Logging.ILogger> logger,
        TimeProvider time,
        LogBuffer? buffer = null
    )
    {
        buffer ??= new();
        var loss = new LogLoss(instruments, logger, time);
        var memory = new LogMemory(store.Redis, options, time);
        var writer = new LogWriter(store, buffer, memory, new(store.Redis, memory, options, time), instruments, loss, time);
        return new(new(redaction), buffer, writer, loss, time);
    }

    // Without a logger: the sink reports missing lines, and the connection of the state reports outages.
    static RedisConnection Connect(IServiceProvider services, IConfiguration configuration)
    {
        var options = new RedisOptions();
        configuration.Bind(options);
        if (services.GetRequiredService<IOptions<LogStoreOptions>>().Value.Redis is { } url)
        {
            options = new()
            {
                Url = url,
                CaFile = options.CaFile,
                TimeoutSeconds = options.TimeoutSeconds,
                PlaceKey = LogStoreOptions.RedisKey,
            };
        }

        return new(Options.Create(options), services.GetRequiredService<TimeProvider>(), NullLogger<RedisConnection>.Instance);
    }
}
