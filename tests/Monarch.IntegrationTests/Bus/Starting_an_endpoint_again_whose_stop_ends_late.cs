using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Testing;
using RabbitMQ.Client;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Bus;

/// <summary>An endpoint hangs while it connects, and goes on when it was started again.</summary>
public sealed class Starting_an_endpoint_again_whose_stop_ends_late(Servers servers)
{
    [Fact]
    public async Task Should_have_it_consume_once_and_stop_for_good()
    {
        var broker = await servers.RabbitMqAsync();
        await using var proxy = new TcpProxy(broker.Port);
        var hang = new HangingFilter();
        await using var host = await StartAsync(new UriBuilder(broker) { Port = proxy.Port }.Uri, hang);

        await Until.TrueAsync(() => hang.IsStopped, "it is stopped");
        // That it is not started meanwhile can only be seen by waiting for it.
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, Token);
        hang.Asked.ShouldBe(1);
        hang.Release.SetResult();
        await Until.TrueAsync(() => hang.Asked == 2, "it is started again");
        (await host.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, Until.Generous)).ShouldBe(BusHealthStatus.Healthy);
        await host.Services.GetRequiredService<IBus>().Publish(new Work(), Token);
        await host.Services.GetRequiredService<TaskCompletionSource>().Task.WaitAsync(Until.Generous, Token);

        await host.StopAsync(Token).WaitAsync(TimeSpan.FromSeconds(15), Token);
        await Until.TrueAsync(() => proxy.Connections == 0, "nothing is left of it");
        hang.Asked.ShouldBe(2);
    }

    static async Task<WebApplication> StartAsync(Uri broker, HangingFilter hang)
    {
        var builder = MonarchHost.CreateBuilder(HostRole.Workers, new Dictionary<string, string?>
        {
            ["VALKEY_HOST"] = "127.0.0.1",
            ["RABBITMQ_URL"] = $"{broker}",
            ["PROMETHEUS_PORT"] = "0",
            ["MONARCH_LOG_LEVEL"] = "None",
        });
        builder.Services.AddSingleton(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        builder.AddBus(bus =>
        {
            bus.AddConsumer<WorkConsumer>();
            bus.AddConfigureEndpointsCallback((_, _, endpoint) =>
                ((IRabbitMqReceiveEndpointConfigurator)endpoint).ConfigureChannel(channel => channel.UseFilter(hang)));
        });
        builder.Services.AddSingleton(new BusHealthOptions { Restart = TimeSpan.FromSeconds(3) });
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

    /// <summary>The first time, it hears of nothing.</summary>
    sealed class HangingFilter : IFilter<ChannelContext>
    {
        int _asked;
        IChannel? _channel;

        public int Asked => Volatile.Read(ref _asked);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsStopped => Volatile.Read(ref _channel)?.IsClosed == true;

        public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
        {
            if (Interlocked.Increment(ref _asked) > 1)
            {
                await next.Send(context);
                return;
            }

            Volatile.Write(ref _channel, context.Channel);
            await Release.Task;
        }

        public void Probe(ProbeContext context) => context.CreateFilterScope("hanging");
    }
}
