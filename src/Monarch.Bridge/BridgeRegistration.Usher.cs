using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Api;
using Monarch.Bridge.Deployments;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Trackers;
using Monarch.Hosting.Http;
using Monarch.Hosting.Settings;
using Monarch.Redis;
using Monarch.Redis.Connection;

namespace Monarch.Bridge;

/// <summary>The bridge part of Usher: moves of issues in, servers out.</summary>
public static partial class BridgeRegistration
{
    /// <summary>Adds the services of the bridge part of Usher, with or without those of <see cref="AddBridge"/>.</summary>
    /// <param name="builder">A builder of the host.</param>
    public static void AddUsherBridge(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (services, configuration) = (builder.Services, builder.Configuration);

        services.AddIntake(configuration);
        services.AddUsherSettings(configuration);
        services.AddOptions<TrackerOptions>().Bind(configuration);
        services.AddSingleton<IValidateOptions<TrackerOptions>, TrackerOptionsValidator>();
        services.AddSingleton<JiraCallers>();
        services.AddSingleton<JiraStatuses>();
        services.AddSingleton<JiraTranslator>();
        services.AddSingleton<UsherInstruments>();
        services.AddSingleton<MoveTranslator>();
        services.AddSingleton<MoveEntries>();
        services.AddSingleton<MoveIntake>();
        services.AddSingleton<MoveQueue>();
        services.AddSingleton<ServerDirectory>();
        services.AddSingleton<ServerSteering>();
        services.AddHostedService<MovePump>();
        if (configuration.HasRedis())
        {
            services.AddKeyedSingleton<IIntakeStream>(
                MoveEntries.Stream,
                (provider, _) => new RedisIntakeStream(provider.GetRequiredService<RedisConnection>(), MoveEntries.Stream)
            );
            services.AddSingleton<IServerViews, RedisServerViews>();
        }
        else
        {
            services.AddKeyedSingleton<IIntakeStream>(
                MoveEntries.Stream,
                (provider, _) => new InMemoryIntakeStream(provider.GetRequiredService<TimeProvider>())
            );
            services.AddSingleton<IServerViews, InMemoryServerViews>();
        }

        services.AddJson(UsherJson.Default);
    }

    /// <summary>Registers the consumers of the bridge part of Usher.</summary>
    /// <param name="bus">The bus.</param>
    public static void AddUsherBridgeConsumers(this IBusRegistrationConfigurator bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        bus.AddConsumer<ServerProjection, ServerProjectionDefinition>();
    }

    /// <summary>Maps Usher's API to its own listener.</summary>
    /// <param name="app">The host.</param>
    public static void MapUsher(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // The OpenAPI document describes the other listener.
        var usher = app.MapGroup("").ExcludeFromDescription().AddEndpointFilter<RedisOutageFilter>();
        var guarded = usher.MapGroup("").ShowOnUsher();
        guarded.MapMessages();
        guarded.MapServers();
        usher.MapJira();
    }
}
