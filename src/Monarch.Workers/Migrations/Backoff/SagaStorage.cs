using MassTransit;
using Microsoft.Extensions.Configuration;
using Monarch.Redis;
using Monarch.Redis.Sagas;

namespace Monarch.Workers.Migrations.Backoff;

/// <summary>Where sagas are stored.</summary>
static class SagaStorage
{
    /// <summary>Stores a saga in Redis if one is configured, otherwise in memory.</summary>
    /// <param name="saga">The saga's registration.</param>
    /// <param name="configuration">The host's.</param>
    /// <param name="name">The name of its keys and of its wake-ups.</param>
    /// <param name="retention">How long it is kept after its end; null for the setting.</param>
    public static void StoredIn<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> saga,
        IConfiguration configuration,
        string name,
        TimeSpan? retention = null
    )
        where TSaga : class, ISleepingSaga
    {
        if (configuration.HasRedis())
        {
            var options = new MigrationOptions();
            configuration.Bind(options);
            saga.RedisRepository(redis =>
                (redis.KeyPrefix, redis.WakeUps, redis.Retention) = ($"monarch:saga:{name}:", name, retention ?? options.Retention)
            );
        }
        else
        {
            saga.InMemoryRepositoryWithWakeUps(name);
        }
    }
}
