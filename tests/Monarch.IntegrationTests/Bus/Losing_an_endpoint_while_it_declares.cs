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

/// <summary>
/// The connection ends while an endpoint declares its exchanges. RabbitMQ does that when it is stopped, and when a process consumes from a
/// quorum queue that another one has declared at the same moment.
/// </summary>
public sealed class Losing_an_endpoint_while_it_declares(Servers servers)
{
    [Theory]
    [InlineData("exchange.declare-ok", 40, 11)]
    [InlineData("exchange.bind-ok", 40, 31)]
    public async Task Should_reconnect_it(string answer, byte @class, byte method)
    {
        var broker = await servers.RabbitMqAsync();
        await using var proxy = new TcpProxy(broker.Port);
        var unanswered = proxy.BlackHoleAtAsync([0, @class, 0, method], 1);
        await using var host = await StartAsync(new UriBuilder(broker) { Port = proxy.Port }.Uri);
        await unanswered.WaitAsync(Until.Generous, Token);

        proxy.Reset();
        proxy.Heal();

        var health = await host.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, Until.Generous);
        health.ShouldBe(BusHealthStatus.Healthy, $"after the first {answer}");
        await host.Services.GetRequiredService<IBus>().Publish(new Work8(), Token);
        await host.Services.GetRequiredService<TaskCompletionSource>().Task.WaitAsync(Until.Generous, Token);
    }

    static async Task<WebApplication> StartAsync(Uri broker)
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
        builder.AddBus(bus => bus.AddConsumer<WorkConsumer>());
        var app = builder.BuildHost();
        await app.StartAsync(Token);
        return app;
    }

    public sealed record Work1;

    public sealed record Work2;

    public sealed record Work3;

    public sealed record Work4;

    public sealed record Work5;

    public sealed record Work6;

    public sealed record Work7;

    public sealed record Work8;

    // An exchange and a binding for each message; the client takes one at a time, and the others wait.
    sealed class WorkConsumer(TaskCompletionSource done)
        : IConsumer<Work1>,
            IConsumer<Work2>,
            IConsumer<Work3>,
            IConsumer<Work4>,
            IConsumer<Work5>,
            IConsumer<Work6>,
            IConsumer<Work7>,
            IConsumer<Work8>
    {
        public Task Consume(ConsumeContext<Work1> context) => Task.CompletedTask;

        public Task Consume(ConsumeContext<Work2> context) => Task.CompletedTask;

        public Task Consume(ConsumeContext<Work3> context) => Task.CompletedTask;

        public Task Consume(ConsumeContext<Work4> context) => Task.CompletedTask;

        public Task Consume(ConsumeContext<Work5> context) => Task.CompletedTask;

        public Task Consume(ConsumeContext<Work6> context) => Task.CompletedTask;

        public Task Consume(ConsumeContext<Work7> context) => Task.CompletedTask;

        public Task Consume(ConsumeContext<Work8> context)
        {
            done.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
