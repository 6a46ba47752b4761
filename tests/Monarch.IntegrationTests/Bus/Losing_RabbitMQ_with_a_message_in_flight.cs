using MassTransit;
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

/// <summary>Two endpoints on one connection, each with a message in flight, when the connection breaks.</summary>
public sealed class Losing_RabbitMQ_with_a_message_in_flight(Servers servers)
{
    // The client's own limits are 20 seconds and more.
    static readonly TimeSpan SoonEnough = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_redeliver_it_immediately_if_the_first_handling_hangs_or_fails(bool fails)
    {
        var broker = await servers.RabbitMqAsync();
        await using var proxy = new TcpProxy(broker.Port);
        var record = new Record();
        await using var host = await StartAsync(new UriBuilder(broker) { Port = proxy.Port }.Uri, record);
        await host.Services.GetRequiredService<IBus>().Publish(new Work(), Token);
        await Until.TrueAsync(() => record.Begun == 2, "both endpoints handle it");

        proxy.Reset();

        await Until.TrueAsync(() => record.Begun == 4, "both get it again", SoonEnough);
        if (fails)
        {
            record.Release.SetException(new InvalidOperationException("too late"));
        }

        await Until.TrueAsync(() => record.Done == 2, "both are done");
        record.Release.TrySetResult();
        await Until.TrueAsync(() => record.Cancelled == 2, "both first handlings observe their cancellation");
        var management = await servers.RabbitMqManagementAsync();
        await Until.TrueAsync(
            async () => (await management.QueueDepthsAsync(broker.AbsolutePath.Trim('/'))).Values.Sum() == 0,
            "nothing is left, not in _error either"
        );
        record.Faults.ShouldBe(0);
    }

    static async Task<WebApplication> StartAsync(Uri broker, Record record)
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
            bus.AddConsumer<FaultConsumer>();
        });
        var app = builder.BuildHost();
        await app.StartAsync(Token);
        (await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, Until.Generous)).ShouldBe(
            BusHealthStatus.Healthy
        );
        return app;
    }

    public sealed record Work;

    sealed class OneConsumer(Record record) : IConsumer<Work>
    {
        public Task Consume(ConsumeContext<Work> context) => record.HandleAsync(context);
    }

    sealed class OtherConsumer(Record record) : IConsumer<Work>
    {
        public Task Consume(ConsumeContext<Work> context) => record.HandleAsync(context);
    }

    sealed class FaultConsumer(Record record) : IConsumer<Fault<Work>>
    {
        public Task Consume(ConsumeContext<Fault<Work>> context)
        {
            record.Failed();
            return Task.CompletedTask;
        }
    }

    sealed class Record
    {
        int _begun,
            _done,
            _cancelled,
            _faults;

        public int Begun => Volatile.Read(ref _begun);

        public int Done => Volatile.Read(ref _done);

        public int Cancelled => Volatile.Read(ref _cancelled);

        public int Faults => Volatile.Read(ref _faults);

        /// <summary>Ends the first handling of each message.</summary>
        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Failed() => Interlocked.Increment(ref _faults);

        // The first handling ignores its token.
        public async Task HandleAsync(ConsumeContext context)
        {
            Interlocked.Increment(ref _begun);
            if (context.ReceiveContext.Redelivered)
            {
                Interlocked.Increment(ref _done);
                return;
            }
            try
            {
                await Release.Task;
            }
            finally
            {
                if (context.CancellationToken.IsCancellationRequested)
                {
                    Interlocked.Increment(ref _cancelled);
                }
            }
        }
    }
}
