using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Startup;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using RabbitMQ.Client;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Bus;

/// <summary>
/// RabbitMQ.Client hangs while it notifies the first channel of the lost connection, and never notifies the next one. Of two endpoints
/// with a message in flight, one then behaves as if it were connected.
/// </summary>
public sealed class Losing_RabbitMQ_while_the_client_hangs(Servers servers)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_exit_and_lose_nothing(bool inPublish)
    {
        var broker = await servers.RabbitMqAsync();
        await using var proxy = new TcpProxy(broker.Port);
        var record = new Record(inPublish);
        await using var host = await StartAsync(new UriBuilder(broker) { Port = proxy.Port }.Uri, record, new HangingShutdown());
        await host.Services.GetRequiredService<IBus>().Publish(new Work(), Token);
        await Until.TrueAsync(() => record.Begun == 2, "both endpoints handle it");
        proxy.BlackHole(Flow.ToServer);
        record.Go.SetResult();
        await Until.TrueAsync(() => record.Hanging == 2, "both handlings hang");

        proxy.Reset();
        proxy.Heal();

        var watch = host.Services.GetServices<IHostedService>().OfType<BusWatch>().Single().ExecuteTask!;
        (await Should.ThrowAsync<InvalidOperationException>(() => watch.WaitAsync(Until.Generous, Token))).Message.ShouldContain(
            "could not close a lost connection within 2 seconds"
        );
        await host.WaitForShutdownAsync(Token).WaitAsync(Until.Generous, Token);

        record.Release.SetResult();
        await using var again = await StartAsync(broker, record);
        await Until.TrueAsync(() => record.Done >= 2, "the restarted process handles it", state: () => $"{record.Done} are done");
    }

    static async Task<WebApplication> StartAsync(Uri broker, Record record, IFilter<ChannelContext>? filter = null)
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
        builder.Services.AddSingleton(record);
        builder.AddBus(bus =>
        {
            bus.AddConsumer<OneConsumer>();
            bus.AddConsumer<OtherConsumer>();
            if (filter is not null)
            {
                bus.AddConfigureEndpointsCallback(
                    (_, _, endpoint) =>
                        ((IRabbitMqReceiveEndpointConfigurator)endpoint).ConfigureChannel(channel => channel.UseFilter(filter))
                );
            }
        });
        builder.Services.AddSingleton(new BusHealthOptions { LongestEnd = TimeSpan.FromSeconds(2) });
        var app = builder.BuildHost();
        await app.StartAsync(Token);
        (await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, Until.Generous)).ShouldBe(
            BusHealthStatus.Healthy
        );
        return app;
    }

    public sealed record Work;

    public sealed record Result(string Text);

    sealed class OneConsumer(Record record) : IConsumer<Work>
    {
        public Task Consume(ConsumeContext<Work> context) => record.HandleAsync(context);
    }

    sealed class OtherConsumer(Record record) : IConsumer<Work>
    {
        public Task Consume(ConsumeContext<Work> context) => record.HandleAsync(context);
    }

    sealed class Record(bool inPublish)
    {
        int _begun,
            _hanging,
            _done;

        public int Begun => Volatile.Read(ref _begun);

        public int Hanging => Volatile.Read(ref _hanging);

        public int Done => Volatile.Read(ref _done);

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Ends the first handlings.</summary>
        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // Ignores cancellation.
        public async Task HandleAsync(ConsumeContext context)
        {
            if (!context.ReceiveContext.Redelivered)
            {
                // Its exchange is declared with the first one.
                await context.Publish(new Result("begun"), CancellationToken.None);
                Interlocked.Increment(ref _begun);
                await Go.Task;
                var hang = inPublish ? context.Publish(new Result("done"), CancellationToken.None) : Release.Task;
                Interlocked.Increment(ref _hanging);
                await hang;
                return;
            }
            Interlocked.Increment(ref _done);
        }
    }

    sealed class HangingShutdown : IFilter<ChannelContext>
    {
        public Task Send(ChannelContext context, IPipe<ChannelContext> next)
        {
            context.Channel.ChannelShutdownAsync += (_, reason) =>
                reason.Initiator == ShutdownInitiator.Application ? Task.CompletedTask : new TaskCompletionSource().Task;
            return next.Send(context);
        }

        public void Probe(ProbeContext context) => context.CreateFilterScope("hangingShutdown");
    }
}
