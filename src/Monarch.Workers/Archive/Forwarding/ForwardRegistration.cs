using System.Net;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Workers.Archive.Settings;
using Monarch.Workers.Http;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>Registers the forwarding of events to another system by HTTP.</summary>
static class ForwardRegistration
{
    /// <summary>Whether events are forwarded: <c>ARCHIVE_FORWARD_URL</c> is set.</summary>
    /// <param name="configuration">The host's.</param>
    public static bool HasForwarding(this IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration[ArchiveOptions.ForwardUrlKey]);

    /// <summary>Adds the services of <see cref="AddForwardConsumers"/>.</summary>
    /// <param name="services">The host's.</param>
    public static void AddForwarding(this IServiceCollection services)
    {
        services.AddSingleton<ForwardTopology>();
        services.AddSingleton<ForwardState>();
        services.AddSingleton<ForwardInstruments>();
        services
            .AddHttpClient<EventPoster>(Configure)
            .UseSocketsHttpHandler((handler, _) => Connections.Configure(handler))
            // The handler renews its connections itself.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Registers the consumer that posts events.</summary>
    /// <param name="bus">The bus.</param>
    public static void AddForwardConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<ForwardConsumer, ForwardConsumerDefinition>();

    static void Configure(HttpClient http)
    {
        // Each post has its own limit.
        http.Timeout = Timeout.InfiniteTimeSpan;
        http.DefaultRequestVersion = HttpVersion.Version20;
        http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        http.DefaultRequestHeaders.UserAgent.Add(UserAgent.Monarch);
    }
}
