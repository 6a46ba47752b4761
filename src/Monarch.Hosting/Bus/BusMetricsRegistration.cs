using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Monarch.Hosting.Bus;

static class BusMetricsRegistration
{
    public static void AddBusMetrics(this IServiceCollection services, bool hasBroker)
    {
        services.AddSingleton(provider => new BusMetrics(
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<TimeProvider>(),
            hasBroker
        ));
        services.AddReceiveObserver(provider => provider.GetRequiredService<BusMetrics>());
        services.AddSendObserver(provider => provider.GetRequiredService<BusMetrics>());
        services.AddPublishObserver(provider => provider.GetRequiredService<BusMetrics>());
    }
}
