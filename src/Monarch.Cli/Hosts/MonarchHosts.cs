using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Settings;
using Monarch.Hosting.Startup;
using Monarch.Workers;
using Monarch.Workers.Archive;

namespace Monarch.Cli.Hosts;

/// <summary>Composes a host from its features.</summary>
static class MonarchHosts
{
    /// <summary>Settings of a host for this process alone: state and bus in memory, on free ports of this machine, quiet.</summary>
    public static Dictionary<string, string?> Private() =>
        new()
        {
            ["VALKEY_HOST"] = "",
            ["VALKEY_URL"] = "",
            ["VALKEY_SENTINELS"] = "",
            ["VALKEY_SERVICE"] = "",
            ["VALKEY_SENTINEL_PASSWORD"] = "",
            ["RABBITMQ_URL"] = "",
            ["MONARCH_BIND"] = "",
            ["MONARCH_API_KEY"] = "",
            ["MONARCH_API_KEYS"] = "",
            ["MONARCH_KEYRING_SECRET"] = "",
            ["WEB_PORT"] = "0",
            ["PROMETHEUS_PORT"] = "0",
            ["USHER_PROJECTS"] = "",
            ["USHER_PROJECTS_FILE"] = "",
            ["OUTPUT_FOLDER"] = "",
            ["ARCHIVE_LIFECYCLE"] = "",
            ["ARCHIVE_FORWARD_URL"] = "",
            ["MONARCH_LOG_LEVEL"] = "Critical",
            ["MONARCH_LOG_REDIS"] = "",
            // Short slices, so that the progress bars move.
            ["RUN_SECONDS"] = "0.2",
        };

    public static WebApplicationBuilder CreateBuilder(HostRole role, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var builder = MonarchHost.CreateBuilder(role, settings);
        if (role.HasBridge)
        {
            builder.AddBridge();
        }

        if (role.HasWorkers)
        {
            builder.AddWorkers();
        }

        if (role.HasUsherOnly)
        {
            builder.AddUsherWorkers();
        }

        var hasArchive = role.HasArchiveOnly || (role.HasWorkers && builder.Configuration.HasArchive());
        if (hasArchive)
        {
            builder.AddArchive();
        }

        var hasUsherBridge = HasUsherBridge(role, builder.Configuration);
        if (hasUsherBridge)
        {
            builder.AddUsherBridge();
        }

        builder.AddBus(bus =>
        {
            if (role.HasBridge)
            {
                bus.AddBridgeConsumers();
            }

            if (hasUsherBridge)
            {
                bus.AddUsherBridgeConsumers();
            }

            if (role.HasWorkers)
            {
                bus.AddWorkerConsumers(builder.Configuration);
            }

            if (role.HasUsherOnly)
            {
                bus.AddUsherWorkerConsumers(builder.Configuration);
            }

            if (hasArchive)
            {
                bus.AddArchiveConsumers(builder.Configuration);
            }
        });
        return builder;
    }

    public static void Map(WebApplication app)
    {
        var role = app.Services.GetRequiredService<HostRole>();
        if (role.HasBridge)
        {
            app.MapBridge();
        }

        if (HasUsherBridge(role, app.Configuration))
        {
            app.MapUsher();
        }
    }

    static bool HasUsherBridge(HostRole role, IConfiguration configuration) =>
        role.HasUsherOnly || (role.HasUsherBridge && configuration.HasUsher());
}
