using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Bus.Queues;
using Monarch.Hosting.Telemetry;
using Monarch.Redis;

namespace Monarch.Hosting.Startup;

/// <summary>Registers metrics of shared resources, on the hosts that report them.</summary>
public static class FigureRegistration
{
    /// <summary>Reports shared figures: processes, Redis' memory, queues, and every registered <see cref="ISharedFigures"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The host's settings.</param>
    public static void AddSharedFigures(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ISharedFigures, ProcessFigures>();
        if (configuration.HasRedis())
        {
            services.AddSingleton<ISharedFigures, RedisMemoryFigures>();
        }

        if (configuration.HasBroker())
        {
            services.AddQueueFigures();
        }

        services.AddHostedService<SharedFiguresReader>();
    }
}
