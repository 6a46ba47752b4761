using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.Deployments;
using Monarch.Contracts.Migrations;
using Monarch.Contracts.Slack;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Settings;
using Monarch.Redis;
using Monarch.Redis.Sagas;
using Monarch.Workers.Deployments;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Deployments.Notices;
using Monarch.Workers.Deployments.Running;
using Monarch.Workers.Deployments.Servers;
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
using Monarch.Workers.Slack.Pace;
using Serilog.Core;

namespace Monarch.Workers;

/// <summary>The workers: the sagas and what they command.</summary>
public static class WorkersRegistration
{
    const string BatchWakeUps = "batch";
    const string PairWakeUps = "pair";
    const string SlackWakeUps = "slack";
    const string ServerWakeUps = "server";
    const string NoticeWakeUps = "notice";

    /// <summary>Adds the workers' services; with Redis when one is configured, else in memory.</summary>
    /// <param name="builder">A builder of the host.</param>
    public static void AddWorkers(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (services, configuration) = (builder.Services, builder.Configuration);

        services.AddSagaClock(configuration);
        services.AddMigrations();
        services.AddGitHub(configuration);
        services.AddSlack(configuration);
        if (configuration.HasUsher())
        {
            services.AddDeployments(configuration);
        }

        services.AddWakeUps(wake =>
        {
            wake.MessagesAreLostOnRestart = !configuration.HasBroker();
            if (configuration.HasUsher())
            {
                wake.SendToServers();
            }

            wake.Send(BatchWakeUps, EndpointNames.Address(EndpointNames.MigrationBatch),
                x => new WakeBatch { BatchId = x.SagaId, DueAt = x.DueAt, IsRestart = x.IsRestart });
            wake.Send(PairWakeUps, EndpointNames.Address(EndpointNames.RepositoryMigration),
                x => new WakeRepositoryMigration { RepositoryMigrationId = x.SagaId, DueAt = x.DueAt, IsRestart = x.IsRestart });
            wake.Send(SlackWakeUps, EndpointNames.Address(EndpointNames.SlackNotification),
                x => new WakeSlackNotification { BatchId = x.SagaId, DueAt = x.DueAt, IsRestart = x.IsRestart });
        });
    }

    /// <summary>Adds the services of Usher's workers alone; with Redis when one is configured, else in memory.</summary>
    /// <param name="builder">A builder of the host.</param>
    public static void AddUsherWorkers(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddSagaClock(configuration);
        services.AddSlackMessages(configuration);
        services.AddDeployments(configuration);
        services.AddWakeUps(wake =>
        {
            wake.MessagesAreLostOnRestart = !configuration.HasBroker();
            wake.SendToServers();
        });
    }

    /// <summary>Registers the sagas and consumers of Usher's workers alone.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="configuration">Says where sagas are kept, and how long.</param>
    public static void AddUsherWorkerConsumers(this IBusRegistrationConfigurator bus, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(configuration);
        bus.AddDeploymentConsumers(configuration);
        bus.AddConsumer<PostSlackMessageConsumer, PostSlackMessageConsumerDefinition>();
    }

    static void AddDeploymentConsumers(this IBusRegistrationConfigurator bus, IConfiguration configuration)
    {
        bus.AddSagaStateMachine<ServerDeploymentStateMachine, ServerDeploymentState, ServerDeploymentDefinition>().StoredIn(configuration, ServerWakeUps);
        // Also without a channel: its queue stays bound from when there was one, and would grow for ever without a consumer.
        bus.AddSagaStateMachine<DeploymentNoticesStateMachine, DeploymentNoticesState, DeploymentNoticesDefinition>().StoredIn(configuration, NoticeWakeUps);
        bus.AddConsumer<RunDeploymentConsumer, RunDeploymentConsumerDefinition>();
    }

    /// <summary>Registers the workers' sagas and consumers.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="configuration">Tells where sagas are kept, and how long.</param>
    public static void AddWorkerConsumers(this IBusRegistrationConfigurator bus, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(configuration);
        bus.AddSagaStateMachine<MigrationBatchStateMachine, MigrationBatchState, MigrationBatchDefinition>().StoredIn(configuration, BatchWakeUps);
        bus.AddSagaStateMachine<RepositoryMigrationStateMachine, RepositoryMigrationState, RepositoryMigrationDefinition>().StoredIn(configuration, PairWakeUps);
        bus.AddSagaStateMachine<SlackNotificationStateMachine, SlackNotificationState, SlackNotificationDefinition>().StoredIn(configuration, SlackWakeUps);
        bus.AddConsumer<ReadSourceIssuesConsumer, ReadSourceIssuesConsumerDefinition>();
        bus.AddConsumer<ResolveTargetConsumer, ResolveTargetConsumerDefinition>();
        bus.AddConsumer<PrepareTargetConsumer, PrepareTargetConsumerDefinition>();
        bus.AddConsumer<CreateIssuesConsumer, CreateIssuesConsumerDefinition>();
        bus.AddConsumer<PostSlackMessageConsumer, PostSlackMessageConsumerDefinition>();
        if (configuration.HasUsher())
        {
            bus.AddDeploymentConsumers(configuration);
        }
    }

    static void StoredIn<TSaga>(this ISagaRegistrationConfigurator<TSaga> saga, IConfiguration configuration, string name)
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

    static void SendToServers(this WakeUpOptions wake)
    {
        wake.Send(ServerWakeUps, EndpointNames.Address(EndpointNames.ServerDeployment),
            x => new WakeServer { ServerId = x.SagaId, DueAt = x.DueAt, IsRestart = x.IsRestart });
        wake.Send(NoticeWakeUps, EndpointNames.Address(EndpointNames.DeploymentNotices),
            x => new WakeDeploymentNotices { ServerId = x.SagaId, DueAt = x.DueAt, IsRestart = x.IsRestart });
    }

    // What every saga waits by.
    static void AddSagaClock(this IServiceCollection services, IConfiguration configuration)
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

    static void AddMigrations(this IServiceCollection services)
    {
        services.AddSingleton<MigrationBatchBehaviors>();
        services.AddSingleton<RepositoryMigrationBehaviors>();
    }

    static void AddDeployments(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<DeploymentInstruments>();
        services.AddSingleton<ServerDeploymentBehaviors>();
        services.AddSingleton<DeploymentNoticesBehaviors>();
        services.AddSingleton<IValidateOptions<DeploymentOptions>, DeploymentNoticesValidator>();
        services.AddDeploymentRunner(configuration);
        if (configuration.HasRedis())
        {
            services.AddSingleton<IDeploymentLeases, RedisDeploymentLeases>();
        }
        else
        {
            services.AddSingleton<IDeploymentLeases, InMemoryDeploymentLeases>();
            services.AddHostedService<InMemoryQueuesWarning>();
        }
    }

    static void AddGitHub(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ILogEventFilter, AnsweredFaults>();
        services.AddGitHubClient(configuration);
        services.AddOptions<GitHubEndpointOptions>().Bind(configuration).ValidateRanges();
        services.AddOptions<OwnerOptions>().Bind(configuration);
        services.AddOptions<LedgerOptions>().Bind(configuration).ValidateRanges();
        services.AddOptions<CopyOptions>().Bind(configuration).ValidateRanges();
        services.AddHostedService<CredentialReporter>();
        services.AddSingleton<IssueInstruments>();
        services.AddSingleton<BreakerInstruments>();
        services.AddTransient<SourceReader>();
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

    // What the consumer needs that posts for migrations and for Usher.
    static void AddSlackMessages(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSlackClient(configuration);
        services.AddOptions<SlackPaceOptions>().Bind(configuration).ValidateRanges();
        services.AddSingleton<SlackPacing>();
        if (configuration.HasRedis())
        {
            services.AddSingleton<ISlackPace, RedisSlackPace>();
        }
        else
        {
            services.AddSingleton<ISlackPace, InMemorySlackPace>();
        }
    }

    static void AddSlack(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSlackMessages(configuration);
        services.AddOptions<SlackNotificationOptions>().Bind(configuration).ValidateRanges();
        services.AddSingleton<SlackSummary>();
        services.AddSingleton<SlackNotificationBehaviors>();
    }
}
