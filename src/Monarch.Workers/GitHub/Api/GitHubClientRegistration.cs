using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Settings;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Api;

static class GitHubClientRegistration
{
    /// <summary>Adds the client and its settings, which are validated at start-up.</summary>
    public static IServiceCollection AddGitHubClient(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<GitHubOptions>, GitHubOptionsDefaults>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GitHubOptions>, GitHubOptionsValidator>());
        services.AddOptions<GitHubOptions>().Bind(configuration).ValidateOnStart();
        services.AddOptions<BudgetOptions>().Bind(configuration).ValidateRanges();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BudgetOptions>, BudgetOptionsValidator>());
        services.TryAddSingleton(provider =>
            provider
                .GetRequiredService<IOptions<BudgetOptions>>()
                .Value.Rules(provider.GetRequiredService<IOptions<GitHubOptions>>().Value.IntentLifetime)
        );
        services.TryAddSingleton<IBudget, InMemoryBudget>();
        services.TryAddSingleton<RequestBudget>();
        services.AddMetrics();
        services.TryAddSingleton<GitHubInstruments>();
        services.TryAddTransient<MeasuringHandler>();
        services.AddGitHubCredentials(configuration);
        services.AddHttpClient<GitHubClients>().ToGitHub();
        return services;
    }
}
