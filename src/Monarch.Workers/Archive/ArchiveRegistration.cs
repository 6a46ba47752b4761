using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Bus.Client;
using Monarch.Hosting.Settings;
using Monarch.Workers.Archive.Consuming;
using Monarch.Workers.Archive.Filing;
using Monarch.Workers.Archive.Forwarding;
using Monarch.Workers.Archive.Lifecycle;
using Monarch.Workers.Archive.Settings;
using Monarch.Workers.Archive.Telemetry;

namespace Monarch.Workers.Archive;

/// <summary>Registers the archive, which files every event of an exchange.</summary>
static class ArchiveRegistration
{
    /// <summary>
    /// Whether a folder is configured, which enables the archive on hosts of workers; <c>monarch archive</c> has a default.
    /// </summary>
    /// <param name="configuration">The host's.</param>
    public static bool HasArchive(this IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[ArchiveOptions.FolderKey]);

    /// <summary>Adds the archive's services.</summary>
    /// <param name="builder">A builder of the host.</param>
    public static void AddArchive(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ArchiveOptions>().Bind(builder.Configuration).ValidateRanges();
        services.AddSingleton<IValidateOptions<ArchiveOptions>, ArchiveOptionsValidator>();
        services.AddSingleton<ArchiveInstruments>();
        services.AddSingleton<EventPreparation>();
        services.AddSingleton<EventArchive>();
        services.AddHostedService(provider => provider.GetRequiredService<EventArchive>());

        services.AddSingleton<DeliveryMemory>();
        services.AddSingleton<ArchiveTopology>();
        services.AddHostedService<ArchiveQueueWatch>();
        services.AddHealthChecks().AddCheck<ArchiveHealthCheck>("archive", tags: ["ready"]);
        if (builder.Configuration.HasLifecycle())
        {
            services.AddLifecycle();
        }

        if (builder.Configuration.HasForwarding())
        {
            services.AddForwarding();
        }
    }

    /// <summary>Registers the archive's consumers.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="configuration">The host's.</param>
    public static void AddArchiveConsumers(this IBusRegistrationConfigurator bus, IConfiguration configuration)
    {
        bus.AddConsumer<ArchiveEventConsumer, ArchiveEventConsumerDefinition>();
        if (configuration.HasLifecycle())
        {
            bus.AddLifecycleConsumers();
        }

        if (configuration.HasForwarding())
        {
            bus.AddForwardConsumers();
        }
    }
}
