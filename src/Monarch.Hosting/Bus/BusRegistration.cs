using MassTransit;
using MassTransit.Configuration;
using MassTransit.RabbitMqTransport.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Bus.Client;
using Monarch.Hosting.Settings;
using Monarch.Redis.Outages;

namespace Monarch.Hosting.Bus;

/// <summary>Registers the bus with the transport that the settings name.</summary>
public static class BusRegistration
{
    // More than are handled concurrently; few enough to leave messages for other replicas.
    const int PrefetchCount = 16;

    /// <summary>
    /// Whether a broker is configured (<c>RABBITMQ_URL</c>). Without one, pending messages are lost when the process ends.
    /// </summary>
    public static bool HasBroker(this IConfiguration configuration) => configuration[RabbitMqOptions.UrlKey] is not null;

    /// <summary>
    /// Adds the bus: RabbitMQ when <c>RABBITMQ_URL</c> is set, else in memory. Call it once, with every feature's consumers and sagas.
    /// Queue names are kebab-case; on RabbitMQ every named queue is a durable quorum queue. While Redis is unavailable, every endpoint
    /// holds its messages. The host starts without its broker: the bus connects when it can, and <c>/health/ready</c> reports the state.
    /// </summary>
    /// <param name="builder">A builder of <c>MonarchHost</c>.</param>
    /// <param name="configure">Registers consumers and sagas.</param>
    public static void AddBus(this WebApplicationBuilder builder, Action<IBusRegistrationConfigurator> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.AddOptions<RabbitMqOptions>().Bind(builder.Configuration).ValidateRanges();
        builder.Services.AddSingleton<IValidateOptions<RabbitMqOptions>, RabbitMqOptionsValidator>();
        builder.Services.AddHostedService<UnobservedFailures>();
        if (builder.Configuration.HasBroker())
        {
            builder.Services.AddSingleton<BusInstruments>();
            builder.Services.AddHostedService<BusWatch>();
        }
        builder.Services.Configure<MassTransitHostOptions>(host =>
        {
            host.WaitUntilStarted = false;
            // On SIGTERM messages in flight are finished; after 20 seconds their token is cancelled, and they return to the queue.
            host.ConsumerStopTimeout = TimeSpan.FromSeconds(20);
            host.StopTimeout = TimeSpan.FromSeconds(25);
        });
        builder.Services.AddBusMetrics(builder.Configuration.HasBroker());
        builder.Services.AddSingleton(new BusHealthOptions());
        builder.Services.AddSingleton<BusHealthCheck>();
        builder.Services.AddSingleton<BrokerEnds>();
        builder.Services.AddSingleton<BrokerReports>();
        builder.Services.AddSingleton<BrokerProbe>();
        builder.Services.AddHealthChecks().AddCheck<BusHealthCheck>("bus", tags: ["ready"]);
        // MassTransit's own check has no grace period, and does not report since when it fails.
        builder.Services.PostConfigure<HealthCheckServiceOptions>(checks =>
        {
            foreach (var own in checks.Registrations.Where(check => check.Tags.Contains("masstransit")).ToList())
            {
                checks.Registrations.Remove(own);
            }
        });
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetKebabCaseEndpointNameFormatter();
            var hasBroker = builder.Configuration.HasBroker();
            bus.AddConfigureEndpointsCallback(
                (context, _, endpoint) =>
                {
                    endpoint.ContinueTraces(hasBroker);
                    if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
                    {
                        ConfigureRabbitMq(rabbit, context.GetRequiredService<BrokerReports>());
                    }
                    // The in-memory transport does not redeliver.
                    var longest = hasBroker ? context.GetRequiredService<IOptions<HoldOptions>>().Value.Longest : TimeSpan.MaxValue;
                    var stopping = context.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
                    endpoint.HoldWhileRedisIsAway(longest, context.GetRequiredService<TimeProvider>(), stopping);
                }
            );
            configure(bus);
            if (!hasBroker)
            {
                bus.UsingInMemory(ConfigureInMemory);
            }
            else
            {
                bus.UsingRabbitMq(ConfigureRabbitMq);
            }
        });
    }

    static void ConfigureInMemory(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator bus)
    {
        bus.ConfigureJsonSerializerOptions(MessageJson.Configure);
        bus.SendTraces();
        bus.ConfigureEndpoints(context);
    }

    static void ConfigureRabbitMq(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus)
    {
        var options = context.GetRequiredService<IOptions<RabbitMqOptions>>().Value;
        if (!RabbitMqAddress.TryParse(options, out var broker))
        {
            throw new OptionsValidationException(
                Options.DefaultName,
                typeof(RabbitMqOptions),
                [$"{RabbitMqOptions.UrlKey} is not the URL of a broker."]
            );
        }

        var connectionName =
            $"monarch {context.GetRequiredService<HostRole>()} on {Environment.MachineName}, process {Environment.ProcessId}";
        bus.Host(
            broker.Host,
            broker.Port,
            broker.VirtualHost,
            connectionName,
            host =>
            {
                host.Username(broker.User);
                host.Password(broker.Password);
                host.PublisherConfirmation = true;
                host.Heartbeat(TimeSpan.FromSeconds(options.HeartbeatSeconds));
                host.OnRefreshConnectionFactory = connections =>
                {
                    BrokerSocket.UseFor(
                        connections,
                        context.GetRequiredService<BrokerEnds>(),
                        context.GetRequiredService<TimeProvider>(),
                        context.GetService<DeliveryMemory>()
                    );
                    return Task.CompletedTask;
                };
                if (broker.Tls)
                {
                    host.UseSsl(tls => tls.ServerName = broker.Host);
                }
            }
        );
        bus.PrefetchCount = PrefetchCount;
        bus.ConfigureJsonSerializerOptions(MessageJson.Configure);
        bus.SendTraces();
        bus.ConfigureEndpoints(context);
    }

    static void ConfigureRabbitMq(IRabbitMqReceiveEndpointConfigurator endpoint, BrokerReports reports)
    {
        endpoint.ConfigureChannel(channel => channel.UseFilter(new BrokerReportsFilter(reports)));
        endpoint.ConfigureChannel(channel => channel.UseFilter(new SequentialDeclarationFilter()));
        endpoint.AddPrePipeSpecification(new FilterPipeSpecification<ConsumeContext>(new LostDeliveryFilter()));
        // A queue that is deleted with its process cannot be a quorum queue.
        if (endpoint is IRabbitMqReceiveEndpointConfiguration { Settings.AutoDelete: true })
        {
            return;
        }

        endpoint.SetQuorumQueue();
        // RabbitMQ 4 discards a message after 20 redeliveries. Its -1 for "never" is refused by older versions.
        endpoint.SetQueueArgument("x-delivery-limit", int.MaxValue);
    }
}
