using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge;
using Monarch.Hosting;
using Monarch.Workers;

namespace Monarch.Cli.Hosts;

/// <summary>Puts a host together from its parts.</summary>
static class MonarchHosts
{
    /// <summary>Settings of a host for this process alone: state and bus in memory, on free ports of this machine, quiet.</summary>
    public static Dictionary<string, string?> Private() => new()
    {
        ["VALKEY_HOST"] = "",
        ["VALKEY_URL"] = "",
        ["VALKEY_SENTINELS"] = "",
        ["VALKEY_SERVICE"] = "",
        ["VALKEY_SENTINEL_PASSWORD"] = "",
        ["RABBITMQ_URL"] = "",
        ["MONARCH_BIND"] = "",
        ["MONARCH_API_KEY"] = "",
        ["WEB_PORT"] = "0",
        ["PROMETHEUS_PORT"] = "0",
        ["MONARCH_LOG_LEVEL"] = "Critical",
        // A person is watching: short runs, so that the bars move.
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

        builder.AddBus(bus =>
        {
            if (role.HasBridge)
            {
                bus.AddBridgeConsumers();
            }

            if (role.HasWorkers)
            {
                bus.AddWorkerConsumers(builder.Configuration);
            }
        });
        return builder;
    }

    public static void Map(WebApplication app)
    {
        if (app.Services.GetRequiredService<HostRole>().HasBridge)
        {
            app.MapBridge();
        }
    }
}
