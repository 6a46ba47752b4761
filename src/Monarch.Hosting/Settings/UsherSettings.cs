using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Settings;

/// <summary>The settings of Usher that Bridge and workers share.</summary>
public static class UsherSettings
{
    /// <summary>Whether projects are configured, which enables Usher.</summary>
    /// <param name="configuration">The host's settings.</param>
    public static bool HasUsher(this IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return !string.IsNullOrWhiteSpace(configuration[UsherOptions.ProjectsKey])
            || !string.IsNullOrWhiteSpace(configuration[UsherOptions.ProjectsFileKey]);
    }

    /// <summary>
    /// Adds <see cref="UsherOptions"/>, checked at start, and <see cref="DeploymentServers"/>. Calling it again adds nothing.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The host's settings.</param>
    public static void AddUsherSettings(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(DeploymentServers)))
        {
            return;
        }

        services.AddOptions<UsherOptions>().Bind(configuration);
        services.AddSingleton<IValidateOptions<UsherOptions>, UsherOptionsValidator>();
        services.AddSingleton(provider => DeploymentServers.Read(provider.GetRequiredService<IOptions<UsherOptions>>().Value, []));
    }
}
