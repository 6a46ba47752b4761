using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.DryRuns;
using Monarch.Contracts.Migrations;
using Monarch.Hosting.Settings;
using Monarch.Redis;
using Monarch.Redis.Sagas;
using Monarch.Workers.Clocks;
using Monarch.Workers.Migrations.Backoff;
using Monarch.Workers.Migrations.Batches;
using Monarch.Workers.Migrations.DryRuns;
using Monarch.Workers.Migrations.Repositories;

namespace Monarch.Workers.Migrations;

/// <summary>Registers the sagas of migrations, and what all sagas share.</summary>
static class MigrationsRegistration
{
    const string BatchWakeUps = "batch";
    const string RepositoryWakeUps = "pair";
    const string DryRunWakeUps = "dry-run";

    // As long as the Bridge keeps the result.
    static readonly TimeSpan DryRunRetention = TimeSpan.FromHours(24);

    /// <summary>Adds the clock and the backoff policy of every saga.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="configuration">The host's.</param>
    public static void AddSagaBackoff(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRedis(configuration);
        services.AddOptions<MigrationOptions>().Bind(configuration).ValidateRanges();
        services.AddSingleton<SharedClock>();
        if (configuration.HasRedis())
        {
            services.AddHostedService<SharedClockSetter>();
        }

        services.AddSingleton<BackoffPolicy>();
    }

    /// <summary>Adds the services of <see cref="AddMigrationSagas"/>.</summary>
    /// <param name="services">The host's.</param>
    public static void AddMigrations(this IServiceCollection services)
    {
        services.AddSingleton<MigrationBatchBehaviors>();
        services.AddSingleton<RepositoryMigrationBehaviors>();
        services.AddSingleton<DryRunBehaviors>();
    }

    /// <summary>Registers the sagas of migrations.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="configuration">The host's.</param>
    public static void AddMigrationSagas(this IBusRegistrationConfigurator bus, IConfiguration configuration)
    {
        bus.AddSagaStateMachine<MigrationBatchStateMachine, MigrationBatchState, MigrationBatchDefinition>()
            .StoredIn(configuration, BatchWakeUps);
        bus.AddSagaStateMachine<RepositoryMigrationStateMachine, RepositoryMigrationState, RepositoryMigrationDefinition>()
            .StoredIn(configuration, RepositoryWakeUps);
        bus.AddSagaStateMachine<DryRunStateMachine, DryRunState, DryRunDefinition>()
            .StoredIn(configuration, DryRunWakeUps, DryRunRetention);
    }

    /// <summary>Sends the wake-ups of migrations.</summary>
    /// <param name="wake">The host's wake-ups.</param>
    public static void SendToMigrations(this WakeUpOptions wake)
    {
        wake.Send(
            BatchWakeUps,
            EndpointNames.Address(EndpointNames.MigrationBatch),
            x => new WakeBatch
            {
                BatchId = x.SagaId,
                DueAt = x.DueAt,
                IsRestart = x.IsRestart,
            }
        );
        wake.Send(
            RepositoryWakeUps,
            EndpointNames.Address(EndpointNames.RepositoryMigration),
            x => new WakeRepositoryMigration
            {
                RepositoryMigrationId = x.SagaId,
                DueAt = x.DueAt,
                IsRestart = x.IsRestart,
            }
        );
        wake.Send(
            DryRunWakeUps,
            EndpointNames.Address(EndpointNames.DryRun),
            x => new WakeDryRun
            {
                DryRunId = x.SagaId,
                DueAt = x.DueAt,
                IsRestart = x.IsRestart,
            }
        );
    }
}
