using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Settings;
using Monarch.Workers.GitHub.Budgets;
using Monarch.Workers.GitHub.Credentials;
using Monarch.Workers.Http;

namespace Monarch.Workers.GitHub.Client;

static class GitHubClientRegistration
{
    /// <summary>
    /// The longest page: 100 issues with bodies of 65,536 characters, each written as a six-character escape, is 39 MB.
    /// </summary>
    const int MaxAnswerBytes = 48 * 1024 * 1024;

    /// <summary>Adds the typed client and its settings, which are checked at start.</summary>
    public static IServiceCollection AddGitHubClient(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<GitHubOptions>, GitHubOptionsDefaults>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GitHubOptions>, GitHubOptionsValidator>());
        services.AddOptions<GitHubOptions>().Bind(configuration).ValidateOnStart();
        services.AddOptions<BudgetOptions>().Bind(configuration).ValidateRanges();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BudgetOptions>, BudgetOptionsValidator>());
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<BudgetOptions>>().Value.Rules(
            provider.GetRequiredService<IOptions<GitHubOptions>>().Value.IntentLifetime));
        services.TryAddSingleton<IBudget, InMemoryBudget>();
        services.TryAddSingleton<RequestBudget>();
        services.AddMetrics();
        services.TryAddSingleton<GitHubInstruments>();
        services.TryAddTransient<MeasuringHandler>();
        services.AddGitHubCredentials(configuration);
        services.AddHttpClient<GitHubClients>().ToGitHub();
        return services;
    }

    /// <summary>Makes it a client that reaches GitHub, where each request is made as the account that it names.</summary>
    public static IHttpClientBuilder ToGitHub(this IHttpClientBuilder builder) => builder
        .ConfigureHttpClient((provider, http) => Configure(http, provider.GetRequiredService<IOptions<GitHubOptions>>().Value))
        .AddHttpMessageHandler<CredentialHandler>()
        // Below the credentials: a request that is repeated with another one counts twice.
        .AddHttpMessageHandler<MeasuringHandler>()
        .UseSocketsHttpHandler((handler, _) => Connections.Configure(handler))
        // The handler renews its connections itself.
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan);

    internal static void Configure(HttpClient http, GitHubOptions options)
    {
        http.BaseAddress = ServiceAddress.TryRead(options.ApiUrl, out var address)
            ? address
            : throw new ArgumentException("Not the address of an API.", nameof(options));
        http.Timeout = options.Timeout;
        http.MaxResponseContentBufferSize = MaxAnswerBytes;
        http.DefaultRequestVersion = System.Net.HttpVersion.Version20;
        http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        http.DefaultRequestHeaders.UserAgent.Add(UserAgent.Monarch);
        http.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.github+json");
        http.DefaultRequestHeaders.Add("X-GitHub-Api-Version", options.ApiVersion);
    }
}
