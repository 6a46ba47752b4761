using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Startup;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Bus;

/// <summary>The broker does not answer while an endpoint connects, which MassTransit 8.4 treated as a stop of the endpoint.</summary>
public sealed class Losing_an_endpoint_while_it_connects(Servers servers)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Should_reconnect_it(int connectionsBefore)
    {
        var broker = await servers.RabbitMqAsync();
        await using var proxy = new TcpProxy(broker.Port);
        var unanswered = new UnansweredFilter(connectionsBefore);
        await using var host = await StartAsync(new UriBuilder(broker) { Port = proxy.Port }.Uri, unanswered);
        if (connectionsBefore > 1)
        {
            await HealthyAsync(host);
            proxy.Cut();
        }

        await Until.TrueAsync(() => unanswered.Asked > connectionsBefore, "it connects again");
        await HealthyAsync(host);
        await host.Services.GetRequiredService<IBus>().Publish(new Work(), Token);
        await host.Services.GetRequiredService<TaskCompletionSource>().Task.WaitAsync(Until.Generous, Token);
        unanswered.Asked.ShouldBe(connectionsBefore + 1);
    }

    static async Task HealthyAsync(WebApplication host) =>
        (await host.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, Until.Generous)).ShouldBe(
            BusHealthStatus.Healthy
        );

    static async Task<WebApplication> StartAsync(Uri broker, UnansweredFilter unanswered)
    {
        var builder = MonarchHost.CreateBuilder(
            HostRole.Workers,
            new Dictionary<string, string?>
            {
                ["VALKEY_HOST"] = "127.0.0.1",
                ["RABBITMQ_URL"] = $"{broker}",
                ["PROMETHEUS_PORT"] = "0",
                ["MONARCH_LOG_LEVEL"] = "None",
            }
        );
        builder.Services.AddSingleton(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        builder.AddBus(bus =>
        {
            bus.AddConsumer<WorkConsumer>();
            bus.AddConfigureEndpointsCallback(
                (_, _, endpoint) =>
                    ((IRabbitMqReceiveEndpointConfigurator)endpoint).ConfigureChannel(channel => channel.UseFilter(unanswered))
            );
        });
        var app = builder.BuildHost();
        await app.StartAsync(Token);
        return app;
    }

    public sealed record Work;

    sealed class WorkConsumer(TaskCompletionSource done) : IConsumer<Work>
    {
        public Task Consume(ConsumeContext<Work> context)
        {
            done.TrySetResult();
            return Task.CompletedTask;
        }
    }

    /// <summary>Throws what RabbitMQ.Client throws when the broker does not answer for 20 seconds.</summary>
    sealed class UnansweredFilter(int at) : IFilter<ChannelContext>
    {
        int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public Task Send(ChannelContext context, IPipe<ChannelContext> next) =>
            Interlocked.Increment(ref _asked) == at ? throw new OperationCanceledException() : next.Send(context);

        public void Probe(ProbeContext context) => context.CreateFilterScope("unanswered");
    }
}
