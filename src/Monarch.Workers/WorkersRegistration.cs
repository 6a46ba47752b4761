using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Contracts.Slack;
using Monarch.Hosting;
using Monarch.Redis;
using Monarch.Workers.GitHub;
using Monarch.Workers.GitHub.Budgets;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Credentials;
using Monarch.Workers.GitHub.Endpoints;
using Monarch.Workers.GitHub.Issues;
using Monarch.Workers.GitHub.Ledgers;
using Monarch.Workers.GitHub.Snapshots;
using Monarch.Workers.GitHub.Sources;
using Monarch.Workers.GitHub.Targets;
using Monarch.Workers.Migrations;
using Monarch.Workers.Migrations.Batches;
using Monarch.Workers.Migrations.Repositories;
using Monarch.Workers.Slack;
using Monarch.Workers.Slack.Client;
using Monarch.Workers.Slack.Notifications;

namespace Monarch.Workers;

/// <summary>The workers: the sagas and what they command.</summary>
public static class WorkersRegistration
{
    const string BatchWakeUps = "batch";
    const string PairWakeUps = "pair";
    const string SlackWakeUps = "slack";

    /// <summary>Adds the workers' services; with Redis when one is configured, else in memory.</summary>
    /// <param name="builder">A builder of the host.</param>
    public static void AddWorkers(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (services, configuration) = (builder.Services, builder.Configuration);

        services.AddRedis(configuration);
        services.AddMigrations(configuration);
        services.AddGitHub(configuration);
        services.AddSlack(configuration);
        services.AddWakeUps(wake =>
        {
            wake.MessagesAreLostOnRestart = !configuration.HasBroker();
            wake.Send(BatchWakeUps, EndpointNames.Address(EndpointNames.MigrationBatch),
                x => new WakeBatch { BatchId = x.SagaId, DueAt = x.DueAt, IsRestart = x.IsRestart });
            wake.Send(PairWakeUps, EndpointNames.Address(EndpointNames.RepositoryMigration),
                x => new WakeRepositoryMigration { PairId = x.SagaId, DueAt = x.DueAt, IsRestart = x.IsRestart });
            wake.Send(SlackWakeUps, EndpointNames.Address(EndpointNames.SlackNotification),
                x => new WakeSlackNotification { BatchId = x.SagaId, DueAt = x.DueAt, IsRestart = x.IsRestart });
        });
    }

    /// <summary>Registers the workers' sagas and consumers.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="configuration">Tells where sagas are kept, and how long.</param>
    public static void AddWorkerConsumers(this IBusRegistrationConfigurator bus, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(configuration);
        bus.AddSagaStateMachine<MigrationBatchStateMachine, MigrationBatchState, MigrationBatchDefinition>().KeptIn(configuration, BatchWakeUps);
        bus.AddSagaStateMachine<RepositoryMigrationStateMachine, RepositoryMigrationState, RepositoryMigrationDefinition>().KeptIn(configuration, PairWakeUps);
        bus.AddSagaStateMachine<SlackNotificationStateMachine, SlackNotificationState, SlackNotificationDefinition>().KeptIn(configuration, SlackWakeUps);
        bus.AddConsumer<ReadSourceIssuesConsumer, ReadSourceIssuesConsumerDefinition>();
        bus.AddConsumer<ResolveTargetConsumer, ResolveTargetConsumerDefinition>();
        bus.AddConsumer<PrepareTargetConsumer, PrepareTargetConsumerDefinition>();
        bus.AddConsumer<CreateIssuesConsumer, CreateIssuesConsumerDefinition>();
        bus.AddConsumer<PostSlackMessageConsumer, PostSlackMessageConsumerDefinition>();
    }

    static void KeptIn<TSaga>(this ISagaRegistrationConfigurator<TSaga> saga, IConfiguration configuration, string name)
        where TSaga : class, ISleepingSaga
    {
        if (configuration.HasRedis())
        {
            var options = new MigrationOptions();
            configuration.Bind(options);
            saga.RedisRepository(redis => (redis.KeyPrefix, redis.WakeUps, redis.Retention) = ($"monarch:saga:{name}:", name, options.Retention));
        }
        else
        {
            saga.InMemoryRepositoryWithWakeUps(name);
        }
    }

    static void AddMigrations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MigrationOptions>().Bind(configuration).ValidateRanges();
        services.AddSingleton<SharedClock>();
        if (configuration.HasRedis())
        {
            services.AddHostedService<SharedClockSetter>();
        }

        services.AddSingleton<Patience>();
        services.AddSingleton<MigrationBatchBehaviors>();
        services.AddSingleton<RepositoryMigrationBehaviors>();
    }

    static void AddGitHub(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddGitHubClient(configuration);
        services.AddOptions<GitHubEndpointOptions>().Bind(configuration).ValidateRanges();
        services.AddOptions<OwnerOptions>().Bind(configuration);
        services.AddOptions<LedgerOptions>().Bind(configuration).ValidateRanges();
        services.AddOptions<CopyOptions>().Bind(configuration).ValidateRanges().PostConfigure<IOptions<BudgetOptions>>(
            // GitHub's own limit, where ours is off.
            (copy, budget) => copy.UnorderedAtOnce = budget.Value.Concurrency > 0 ? budget.Value.Concurrency : 100);
        services.AddHostedService<CredentialReporter>();
        services.AddTransient<SourceReader>();
        services.AddTransient<DeletedCopies>();
        services.AddTransient<TargetPreparer>();
        services.AddTransient<IssueCopier>();
        services.AddTransient<IssueCreator>();
        if (configuration.HasRedis())
        {
            services.AddSingleton<ISnapshots, RedisSnapshots>();
            services.AddSingleton<ILedger, RedisLedger>();
            services.AddHostedService<EpochWatch>();
            services.AddSingleton<ICredentialStore, RedisCredentialStore>();
            services.AddSingleton<IBudget, RedisBudget>();
        }
        else
        {
            services.AddSingleton<ISnapshots, InMemorySnapshots>();
            services.AddSingleton<ILedger, InMemoryLedger>();
        }
    }

    static void AddSlack(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSlackClient(configuration);
        services.AddOptions<SlackNotificationOptions>().Bind(configuration).ValidateRanges();
        services.AddSingleton<SlackSummary>();
        services.AddSingleton<SlackNotificationBehaviors>();
    }
}
