using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Hosting.Bus;
using Monarch.Workers.Archive.Settings;

namespace Monarch.Workers.Archive.Lifecycle;

/// <summary>Registers the publication of Monarch's own events on the exchange <c>monarch_events</c>.</summary>
static class LifecycleRegistration
{
    /// <summary>Whether lifecycle events are published: <c>ARCHIVE_LIFECYCLE</c> is true, and a broker is configured.</summary>
    /// <param name="configuration">The host's.</param>
    public static bool HasLifecycle(this IConfiguration configuration) =>
        configuration.HasBroker() && bool.TryParse(configuration[ArchiveOptions.LifecycleKey], out var isOn) && isOn;

    /// <summary>Adds the services of <see cref="AddLifecycleConsumers"/>.</summary>
    /// <param name="services">The host's.</param>
    public static void AddLifecycle(this IServiceCollection services)
    {
        services.AddSingleton<RecentPublications>();
        services.AddSingleton<LifecyclePublisher>();
    }

    /// <summary>Registers the consumer of Monarch's own events; requires a broker.</summary>
    /// <param name="bus">The bus.</param>
    public static void AddLifecycleConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<LifecycleConsumer, LifecycleConsumerDefinition>();
}
