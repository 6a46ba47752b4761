using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Monarch.Workers.Http;

namespace Monarch.Workers.Slack.Client;

static class SlackClientRegistration
{
    const int MaxAnswerBytes = 4 * 1024 * 1024;

    /// <summary>Adds the typed client and its settings, which are validated at start.</summary>
    public static IServiceCollection AddSlackClient(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SlackOptions>, SlackOptionsDefaults>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SlackOptions>, SlackOptionsValidator>());
        services.AddOptions<SlackOptions>().Bind(configuration).ValidateOnStart();

        services
            .AddHttpClient<SlackClient>((provider, http) => Configure(http, provider.GetRequiredService<IOptions<SlackOptions>>().Value))
            .UseSocketsHttpHandler((handler, _) => Connections.Configure(handler))
            // The handler renews its connections itself.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services;
    }

    internal static void Configure(HttpClient http, SlackOptions options)
    {
        http.BaseAddress = ServiceAddress.TryRead(options.ApiUrl, out var address)
            ? address
            : throw new ArgumentException("Not the address of an API.", nameof(options));
        http.Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
        http.MaxResponseContentBufferSize = MaxAnswerBytes;
        http.DefaultRequestVersion = HttpVersion.Version20;
        http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        http.DefaultRequestHeaders.UserAgent.Add(UserAgent.Monarch);
        if (options.IsOn)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.BotToken);
        }
    }
}
