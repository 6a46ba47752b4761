using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Settings;
using Monarch.Workers.Clocks;
using Monarch.Workers.Deployments.Settings;

namespace Monarch.Workers.Deployments.Running;

static class RunningRegistration
{
    /// <summary>
    /// Adds the runner of deployment commands and its settings, which are validated at start. It requires the leases and the bus.
    /// </summary>
    public static IServiceCollection AddDeploymentRunner(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddUsherSettings(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SharedClock>();
        services.AddOptions<DeploymentOptions>().Bind(configuration).ValidateRanges();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DeploymentOptions>, DeploymentOptionsValidator>());
        services.AddSingleton<DeploymentCommand>();
        services.AddSingleton<DeploymentReporter>();
        services.AddSingleton<DeploymentRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<DeploymentRunner>());
        return services;
    }
}
