using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.Deployments;
using Monarch.Redis;
using Monarch.Redis.Sagas;
using Monarch.Workers.Deployments.Leases;
using Monarch.Workers.Deployments.Notices;
using Monarch.Workers.Deployments.Running;
using Monarch.Workers.Deployments.Servers;
using Monarch.Workers.Deployments.Settings;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Deployments;

/// <summary>Registers Usher: the queues of servers, and the deployments.</summary>
static class DeploymentsRegistration
{
    const string ServerWakeUps = "server";
    const string NoticeWakeUps = "notice";

    /// <summary>Adds the services of <see cref="AddDeploymentConsumers"/>.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="configuration">The host's.</param>
    public static void AddDeployments(this IServiceCollection services, IConfiguration configuration)
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

    /// <summary>Registers the sagas and the consumer of deployments.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="configuration">The host's.</param>
    public static void AddDeploymentConsumers(this IBusRegistrationConfigurator bus, IConfiguration configuration)
    {
        bus.AddSagaStateMachine<ServerDeploymentStateMachine, ServerDeploymentState, ServerDeploymentDefinition>()
            .StoredIn(configuration, ServerWakeUps);
        // Also without a channel: the queue stays bound from an earlier configuration, and would grow without a consumer.
        bus.AddSagaStateMachine<DeploymentNoticesStateMachine, DeploymentNoticesState, DeploymentNoticesDefinition>()
            .StoredIn(configuration, NoticeWakeUps);
        bus.AddConsumer<RunDeploymentConsumer, RunDeploymentConsumerDefinition>();
    }

    /// <summary>Sends the wake-ups of deployments.</summary>
    /// <param name="wake">The host's wake-ups.</param>
    public static void SendToServers(this WakeUpOptions wake)
    {
        wake.Send(
            ServerWakeUps,
            EndpointNames.Address(EndpointNames.ServerDeployment),
            x => new WakeServer
            {
                ServerId = x.SagaId,
                DueAt = x.DueAt,
                IsRestart = x.IsRestart,
            }
        );
        wake.Send(
            NoticeWakeUps,
            EndpointNames.Address(EndpointNames.DeploymentNotices),
            x => new WakeDeploymentNotices
            {
                ServerId = x.SagaId,
                DueAt = x.DueAt,
                IsRestart = x.IsRestart,
            }
        );
    }
}
