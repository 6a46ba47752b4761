using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Monarch.Redis.Sagas;

/// <summary>Registers the sweeper.</summary>
public static class WakeUpServices
{
    /// <summary>
    /// Sweeps the wake-ups of the sagas that are registered in this process, and sends the message that is configured for each name.
    /// </summary>
    public static IServiceCollection AddWakeUps(this IServiceCollection services, Action<WakeUpOptions> configure)
    {
        var options = new WakeUpOptions();
        configure(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddMetrics();
        services.AddSingleton<WakeUpInstruments>();
        services.AddSingleton<WakeUpSender>();
        services.AddHostedService<WakeUpSweeper>();
        return services;
    }
}
