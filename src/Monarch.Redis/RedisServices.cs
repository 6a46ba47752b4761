using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;

namespace Monarch.Redis;

/// <summary>Registers Redis.</summary>
public static class RedisServices
{
    /// <summary>Whether a Redis is configured (<see cref="RedisOptions.PlaceKeys"/>); without one, state is kept in memory.</summary>
    public static bool HasRedis(this IConfiguration configuration) =>
        RedisOptions.PlaceKeys.Any(x => !string.IsNullOrWhiteSpace(configuration[x]));

    /// <summary>
    /// Adds <see cref="RedisOptions"/>, checked at start, and, if a Redis is configured, the <see cref="RedisConnection"/>, the health
    /// checks "redis" and "redis-subscription", a service that connects before the bus starts, and a service that restores a lost
    /// subscription. Idempotent.
    /// </summary>
    public static IServiceCollection AddRedis(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(x => x.ServiceType == typeof(IValidateOptions<RedisOptions>)))
        {
            return services;
        }

        services.AddOptionsWithValidateOnStart<RedisOptions>().Bind(configuration);
        services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        if (!configuration.HasRedis())
        {
            return services;
        }

        services.AddMetrics();
        services.TryAddSingleton<RecoveryInstruments>();
        services.AddSingleton<RedisInstruments>();
        services.AddSingleton(x => new RedisConnection(
            x.GetRequiredService<IOptions<RedisOptions>>(),
            x.GetRequiredService<TimeProvider>(),
            x.GetRequiredService<ILogger<RedisConnection>>(),
            x.GetRequiredService<RedisInstruments>()
        ));
        services.AddSingleton<RedisPermissions>();
        services.AddSingleton<RedisServerCheck>();
        services.AddSingleton<RedisStartup>();
        services.AddHostedService(x => x.GetRequiredService<RedisStartup>());
        services.AddSingleton(new SubscriptionWatchOptions());
        services.AddSingleton<SubscriptionWatch>();
        services.AddHostedService(x => x.GetRequiredService<SubscriptionWatch>());
        services
            .AddHealthChecks()
            .AddCheck<RedisHealthCheck>("redis", tags: ["ready"])
            .AddCheck<SubscriptionWatch>("redis-subscription", tags: ["ready"]);
        return services;
    }

    /// <summary>
    /// Starts connecting and checking the server in the background; the start of the host waits for it. Without effect if no Redis is
    /// configured.
    /// </summary>
    public static void StartConnectingToRedis(this IServiceProvider services) => services.GetService<RedisStartup>()?.Begin();
}
