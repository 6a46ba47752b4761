using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Contracts.Slack;
using Monarch.Hosting.Settings;
using Monarch.Redis;
using Monarch.Redis.Sagas;
using Monarch.Workers.Migrations.Backoff;
using Monarch.Workers.Slack.Client;
using Monarch.Workers.Slack.Notifications;
using Monarch.Workers.Slack.Pace;

namespace Monarch.Workers.Slack;

/// <summary>Registers the notifications of Slack.</summary>
static class SlackRegistration
{
    const string WakeUps = "slack";

    /// <summary>Adds the services of the consumer that posts for migrations and for Usher.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="configuration">The host's.</param>
    public static void AddSlackMessages(this IServiceCollection services, IConfiguration configuration)
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

    /// <summary>Adds the services of <see cref="AddSlackNotifications"/>.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="configuration">The host's.</param>
    public static void AddSlack(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSlackMessages(configuration);
        services.AddOptions<SlackNotificationOptions>().Bind(configuration).ValidateRanges();
        services.AddSingleton<SlackSummary>();
        services.AddSingleton<SlackNotificationBehaviors>();
    }

    /// <summary>Registers the consumer that posts messages.</summary>
    /// <param name="bus">The bus.</param>
    public static void AddSlackConsumer(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<PostSlackMessageConsumer, PostSlackMessageConsumerDefinition>();

    /// <summary>Registers the saga that notifies Slack of migrations, and the consumer that posts its messages.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="configuration">The host's.</param>
    public static void AddSlackNotifications(this IBusRegistrationConfigurator bus, IConfiguration configuration)
    {
        bus.AddSagaStateMachine<SlackNotificationStateMachine, SlackNotificationState, SlackNotificationDefinition>()
            .StoredIn(configuration, WakeUps);
        bus.AddSlackConsumer();
    }

    /// <summary>Sends the wake-ups of notifications.</summary>
    /// <param name="wake">The host's wake-ups.</param>
    public static void SendToNotifications(this WakeUpOptions wake) =>
        wake.Send(
            WakeUps,
            EndpointNames.Address(EndpointNames.SlackNotification),
            x => new WakeSlackNotification
            {
                BatchId = x.SagaId,
                DueAt = x.DueAt,
                IsRestart = x.IsRestart,
            }
        );
}
