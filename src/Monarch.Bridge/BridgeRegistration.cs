using System.Diagnostics.Metrics;
using System.Text.Json.Serialization;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Api;
using Monarch.Bridge.Deployments;
using Monarch.Bridge.DryRuns;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Pages;
using Monarch.Bridge.Status;
using Monarch.Bridge.Telemetry;
using Monarch.Hosting.Settings;
using Monarch.Hosting.Startup;
using Monarch.Hosting.Telemetry;
using Monarch.Redis;
using Monarch.Redis.Connection;

namespace Monarch.Bridge;

/// <summary>The Bridge: foreign messages in, status out.</summary>
public static partial class BridgeRegistration
{
    /// <summary>Adds the Bridge's services; with Redis when one is configured, else in memory.</summary>
    /// <param name="builder">A builder of the host.</param>
    public static void AddBridge(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (services, configuration) = (builder.Services, builder.Configuration);

        services.AddIntake(configuration);
        services.AddOptions<RequestOptions>().Bind(configuration);
        services.AddOptions<StatusOptions>().Bind(configuration).ValidateRanges();

        services.AddSingleton<RequestTranslator>();
        services.AddSingleton<RequestIntake>();
        services.AddSingleton<MigrationInstruments>();
        services.AddSingleton<ISharedFigures, MigrationFigures>();
        services.AddSingleton<ISharedFigures, AccountFigures>();
        services.AddSingleton<ExpectedEnds>();
        services.AddSingleton<DryRunDurations>();
        services.AddSingleton<DryRunStarter>();
        services.AddSingleton<MigrationCommands>();
        services.AddPages();
        services.AddHostedService<IntakePump>();
        if (configuration.HasRedis())
        {
            services.AddSingleton<IIntakeStream>(provider => new RedisIntakeStream(
                provider.GetRequiredService<RedisConnection>(),
                IntakeEntry.Requests
            ));
            services.AddSingleton<IStatusStore, RedisStatusStore>();
            services.AddSingleton<IDryRunStore, RedisDryRunStore>();
            services.AddSingleton<ICredentialViews, RedisCredentialViews>();
            services.AddSingleton<PlatformListener>();
            services.AddSingleton(new RedisChannelUse(PlatformListener.Channel));
            services.AddHostedService(provider => provider.GetRequiredService<PlatformListener>());
            services.AddHealthChecks().AddCheck<PlatformHealthCheck>("platform-channel", tags: ["ready"]);
        }
        else
        {
            services.AddSingleton<IIntakeStream, InMemoryIntakeStream>();
            services.AddSingleton<IStatusStore, InMemoryStatusStore>();
            services.AddSingleton<IDryRunStore, InMemoryDryRunStore>();
            services.AddSingleton<ICredentialViews, InMemoryCredentialViews>();
        }

        services.AddJson(ApiJson.Default);
        services.AddOpenApi(document =>
            document.AddDocumentTransformer(
                (api, _, _) =>
                {
                    (api.Info.Title, api.Info.Version) = ("Monarch", typeof(BridgeRegistration).Assembly.GetName().Version!.ToString(3));
                    return Task.CompletedTask;
                }
            )
        );
    }

    /// <summary>Registers the Bridge's consumers.</summary>
    /// <param name="bus">The bus.</param>
    public static void AddBridgeConsumers(this IBusRegistrationConfigurator bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        bus.AddConsumer<BatchAcceptedConsumer, BatchAcceptedConsumerDefinition>();
        bus.AddConsumer<StatusProjection, StatusProjectionDefinition>();
        bus.AddConsumer<CredentialProjection, CredentialProjectionDefinition>();
        bus.AddConsumer<DryRunProjection, DryRunProjectionDefinition>();
    }

    /// <summary>Maps the API and the pages.</summary>
    /// <param name="app">The host.</param>
    public static void MapBridge(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapMigrations();
        app.MapDryRuns();
        app.MapProcesses();
        app.MapLogs();
        app.MapOpenApi();
        app.MapReference();
        app.MapPages();
    }

    /// <summary>Adds the shared services of the intakes. Further calls add nothing.</summary>
    static void AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(service => service.ServiceType == typeof(BridgeInstruments)))
        {
            return;
        }

        services.AddRedis(configuration);
        services.AddOptions<IntakeOptions>().Bind(configuration).ValidateRanges();
        services.AddSingleton<BridgeInstruments>();
        services.AddSharedFigures(configuration);
        services.AddSingleton<ISharedFigures>(provider => new IntakeFigures(
            provider.GetService<IIntakeStream>(),
            provider.GetKeyedService<IIntakeStream>(MoveEntries.Stream),
            provider.GetRequiredService<IMeterFactory>()
        ));
        services.AddSingleton<Rejections>();
        services.AddSingleton<CommandSender>();
        if (configuration.HasRedis())
        {
            services.AddSingleton<IRejectionStore, RedisRejectionStore>();
        }
        else
        {
            services.AddSingleton<IRejectionStore, InMemoryRejectionStore>();
        }
    }

    static void AddJson(this IServiceCollection services, JsonSerializerContext context) =>
        services.Configure<JsonOptions>(json =>
        {
            // A context in the chain contributes its types, not its options.
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, context);
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
}
