using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Settings;
using Monarch.Redis;
using Monarch.Redis.Sagas;
using Monarch.Workers.Deployments;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Copying.Finishing;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.Copying.Templates;
using Monarch.Workers.GitHub.Endpoints;
using Monarch.Workers.GitHub.Planning;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Repositories;
using Monarch.Workers.Migrations;
using Monarch.Workers.Slack;
using Serilog.Core;

namespace Monarch.Workers;

/// <summary>Registers the workers: the sagas and the consumers of their commands.</summary>
public static class WorkersRegistration
{
    /// <summary>Adds the workers' services, with Redis if one is configured, otherwise in memory.</summary>
    /// <param name="builder">A builder of the host.</param>
    public static void AddWorkers(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (services, configuration) = (builder.Services, builder.Configuration);

        services.AddSagaBackoff(configuration);
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

            wake.SendToMigrations();
            wake.SendToNotifications();
        });
    }

    /// <summary>Adds the services of Usher's workers alone, with Redis if one is configured, otherwise in memory.</summary>
    /// <param name="builder">A builder of the host.</param>
    public static void AddUsherWorkers(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddSagaBackoff(configuration);
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
    /// <param name="configuration">The host's; it decides where sagas are stored, and for how long.</param>
    public static void AddUsherWorkerConsumers(this IBusRegistrationConfigurator bus, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(configuration);
        bus.AddDeploymentConsumers(configuration);
        bus.AddSlackConsumer();
    }

    /// <summary>Registers the workers' sagas and consumers.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="configuration">The host's; it decides where sagas are stored, and for how long.</param>
    public static void AddWorkerConsumers(this IBusRegistrationConfigurator bus, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(configuration);
        bus.AddMigrationSagas(configuration);
        bus.AddConsumer<ReadSourceIssuesConsumer, ReadSourceIssuesConsumerDefinition>();
        bus.AddConsumer<ResolveTargetConsumer, ResolveTargetConsumerDefinition>();
        bus.AddConsumer<PrepareTargetConsumer, PrepareTargetConsumerDefinition>();
        bus.AddConsumer<CreateIssuesConsumer, CreateIssuesConsumerDefinition>();
        bus.AddConsumer<FinishIssuesConsumer, FinishIssuesConsumerDefinition>();
        bus.AddConsumer<PlanTargetConsumer, PlanTargetConsumerDefinition>();
        bus.AddSlackNotifications(configuration);
        if (configuration.HasUsher())
        {
            bus.AddDeploymentConsumers(configuration);
        }
    }

    static void AddGitHub(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ILogEventFilter, AnsweredFaults>();
        services.AddGitHubClient(configuration);
        services.AddOptions<GitHubEndpointOptions>().Bind(configuration).ValidateRanges();
        services.AddOptions<OwnerOptions>().Bind(configuration);
        services.AddOptions<LedgerOptions>().Bind(configuration).ValidateRanges();
        services.AddOptions<SliceOptions>().Bind(configuration).ValidateRanges();
        services.AddOptions<CopyDefaults>().Bind(configuration);
        services.AddIssueTemplate(configuration);
        services.AddHostedService<CredentialReporter>();
        services.AddSingleton<IssueInstruments>();
        services.AddSingleton<BreakerInstruments>();
        services.AddTransient<SourceReader>();
        services.AddTransient<TargetPreparer>();
        services.AddTransient<IssueCopier>();
        services.AddTransient<IssueCreator>();
        services.AddTransient<IssueComposer>();
        services.AddTransient<FieldPreparer>();
        services.AddTransient<CopyFinisher>();
        services.AddTransient<TextFinisher>();
        services.AddTransient<CommentFinisher>();
        services.AddTransient<ClosedFinisher>();
        services.AddTransient<CreationGate>();
        services.AddTransient<RelationFinisher>();
        services.AddTransient<SourceRereader>();
        services.AddTransient<TargetPlanner>();
        services.AddTransient<CopyLister>();
        if (configuration.HasRedis())
        {
            services.AddSingleton<ISnapshots, RedisSnapshots>();
            services.AddSingleton<ITargetFieldStore, RedisTargetFieldStore>();
            services.AddSingleton<IListedCopiesStore, RedisListedCopiesStore>();
            services.AddSingleton<ILedger, RedisLedger>();
            services.AddHostedService<EpochWatch>();
            services.AddSingleton<ICredentialStore, RedisCredentialStore>();
            services.AddSingleton<IBudget, RedisBudget>();
        }
        else
        {
            services.AddSingleton<ISnapshots, InMemorySnapshots>();
            services.AddSingleton<ITargetFieldStore, InMemoryTargetFieldStore>();
            services.AddSingleton<IListedCopiesStore, InMemoryListedCopiesStore>();
            services.AddSingleton<ILedger, InMemoryLedger>();
        }
    }
}
