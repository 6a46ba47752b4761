using MassTransit;
using MassTransit.Configuration;
using MassTransit.Saga;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Monarch.Redis.Outages;

namespace Monarch.Redis.Sagas;

/// <summary>Registers saga repositories, in the shape of MassTransit's own packages.</summary>
public static class SagaRepositories
{
    /// <summary>
    /// Stores sagas in Redis as readable JSON with optimistic concurrency: a save after a concurrent change throws
    /// <see cref="ConcurrencyException"/>, which the endpoint must retry. Requires <c>AddRedis</c>.
    /// </summary>
    /// <remarks>
    /// A save with an unknown outcome (<see cref="RedisUnavailableException"/>) may have succeeded. The retried message loads the saga
    /// again; handlers must be idempotent, as on any bus.
    /// </remarks>
    public static ISagaRegistrationConfigurator<TSaga> RedisRepository<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> configurator,
        Action<RedisSagaOptions<TSaga>>? configure = null
    )
        where TSaga : class, ISagaVersion
    {
        var options = new RedisSagaOptions<TSaga>();
        configure?.Invoke(options);
        options.Validate();
        configurator.Repository(services =>
        {
            services.AddSingleton(options);
            services.AddSingleton<ISagaStore<TSaga>, RedisSagaStore<TSaga>>();
            services.AddStoredRepository();
            if (options.WakeUps is not { } name)
            {
                return;
            }

            services.AddSingleton(new SleepingSaga(name, options.KeyPrefix));
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IWakeUps, RedisWakeUps>());
        });
        return configurator;
    }

    /// <summary>
    /// Stores sagas in this process' memory, with their wake-ups: like <see cref="RedisRepository"/>, except that all sagas are lost when
    /// the process ends, and that ended sagas are kept until then.
    /// </summary>
    /// <param name="configurator">The saga's registration.</param>
    /// <param name="wakeUps">The name of this saga's wake-ups; null for a saga that does not sleep.</param>
    public static ISagaRegistrationConfigurator<TSaga> InMemoryRepositoryWithWakeUps<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> configurator,
        string? wakeUps
    )
        where TSaga : class, ISagaVersion
    {
        SleepingSaga.Validate<TSaga>(wakeUps);
        configurator.Repository(services =>
        {
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton<InMemoryWakeUps>();
            services.AddSingleton<ISagaStore<TSaga>>(x => new InMemorySagaStore<TSaga>(wakeUps, x.GetRequiredService<InMemoryWakeUps>()));
            services.AddStoredRepository();
            if (wakeUps is null)
            {
                return;
            }

            services.AddSingleton(new SleepingSaga(wakeUps, KeyPrefix: ""));
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IWakeUps, InMemoryWakeUps>(x => x.GetRequiredService<InMemoryWakeUps>()));
        });
        return configurator;
    }

    static void AddStoredRepository<TSaga>(this ISagaRepositoryRegistrationConfigurator<TSaga> services)
        where TSaga : class, ISagaVersion
    {
        services.AddMetrics();
        services.TryAddSingleton<SagaInstruments>();
        services.AddSingleton<SagaTurns<TSaga>>();
        services.RegisterLoadSagaRepository<TSaga, StoredSagaContextFactory<TSaga>>();
        services.RegisterSagaRepository<
            TSaga,
            ISagaStore<TSaga>,
            SagaConsumeContextFactory<ISagaStore<TSaga>, TSaga>,
            StoredSagaContextFactory<TSaga>
        >();
    }
}
