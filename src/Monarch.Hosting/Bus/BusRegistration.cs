using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Bus;

namespace Monarch.Hosting;

/// <summary>The bus, over the transport that the settings name.</summary>
public static class BusRegistration
{
    // More is taken from a queue than is worked on at once; little enough to leave work for other replicas.
    const int PrefetchCount = 16;

    /// <summary>
    /// Adds the bus: RabbitMQ when <c>RABBITMQ_URL</c> is set, else in memory. Call it once, with every feature's consumers and sagas.
    /// Queue names are kebab-case; on RabbitMQ every named queue is a durable quorum queue. A broker that is away does not keep the
    /// host from starting: the bus connects when it can, and <c>/health/ready</c> tells.
    /// </summary>
    /// <param name="builder">A builder of <see cref="MonarchHost"/>.</param>
    /// <param name="configure">Registers consumers and sagas.</param>
    public static void AddBus(this WebApplicationBuilder builder, Action<IBusRegistrationConfigurator> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.AddOptions<RabbitMqOptions>().Bind(builder.Configuration);
        builder.Services.AddSingleton<IValidateOptions<RabbitMqOptions>, RabbitMqOptionsValidator>();
        builder.Services.AddHostedService<UnobservedFailures>();
        builder.Services.Configure<MassTransitHostOptions>(host =>
        {
            host.WaitUntilStarted = false;
            // A message in hand is finished on SIGTERM; after 20 seconds its token is cancelled and it goes back to the queue.
            host.ConsumerStopTimeout = TimeSpan.FromSeconds(20);
            host.StopTimeout = TimeSpan.FromSeconds(25);
        });
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetKebabCaseEndpointNameFormatter();
            bus.AddConfigureEndpointsCallback((_, endpoint) => UseQuorumQueue(endpoint));
            configure(bus);
            if (builder.Configuration[RabbitMqOptions.UrlKey] is null)
                bus.UsingInMemory(ConfigureInMemory);
            else
                bus.UsingRabbitMq(ConfigureRabbitMq);
        });
    }

    static void ConfigureInMemory(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator bus)
    {
        bus.ConfigureJsonSerializerOptions(MessageJson.Configure);
        bus.ConfigureEndpoints(context);
    }

    static void ConfigureRabbitMq(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus)
    {
        var options = context.GetRequiredService<IOptions<RabbitMqOptions>>().Value;
        if (!RabbitMqAddress.TryParse(options, out var broker))
            throw new OptionsValidationException(Options.DefaultName, typeof(RabbitMqOptions), [$"{RabbitMqOptions.UrlKey} is not the URL of a broker."]);

        var connectionName = $"monarch {context.GetRequiredService<HostRole>()} on {Environment.MachineName}, process {Environment.ProcessId}";
        bus.Host(broker.Host, broker.Port, broker.VirtualHost, connectionName, host =>
        {
            host.Username(broker.User);
            host.Password(broker.Password);
            host.PublisherConfirmation = true;
            if (broker.Tls)
                host.UseSsl(tls => tls.ServerName = broker.Host);
        });
        bus.PrefetchCount = PrefetchCount;
        bus.ConfigureJsonSerializerOptions(MessageJson.Configure);
        bus.ConfigureEndpoints(context);
    }

    // A queue that goes when its process goes cannot be a quorum queue.
    static void UseQuorumQueue(IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit and not IRabbitMqReceiveEndpointConfiguration { Settings.AutoDelete: true })
            rabbit.SetQuorumQueue();
    }
}
