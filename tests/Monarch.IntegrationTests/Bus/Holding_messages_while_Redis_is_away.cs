using System.Collections.Concurrent;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Hosting;
using Monarch.Hosting.Bus;
using Monarch.Hosting.Startup;
using Monarch.IntegrationTests.Redis;
using Monarch.Redis;
using Monarch.Redis.Connection;
using Monarch.Redis.Sagas;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Bus;

/// <summary>A saga and a consumer on a real broker, on endpoints as every host has them.</summary>
public sealed class Holding_messages_while_Redis_is_away(Servers servers)
{
    const int Messages = 40;

    [Fact]
    public async Task Should_return_them_to_the_queue_and_lose_or_fail_none()
    {
        await using var redis = await RedisServer.StartAsync(new() { AppendOnly = true });
        var broker = await servers.RabbitMqAsync();
        var record = new Record();
        await using var host = await StartAsync(RedisDatabase.Of(redis), broker, record, longestHold: TimeSpan.FromSeconds(2));
        var bus = host.Services.GetRequiredService<IBus>();
        var management = await servers.RabbitMqManagementAsync();
        var tallies = Enumerable.Range(0, Messages).Select(_ => Guid.NewGuid()).ToList();

        await redis.KillAsync();
        await Task.WhenAll(tallies.Select(id => bus.Publish(new CountOne(id), Token)));
        // Both endpoints handle 16 messages at a time, which are returned to the queue and redelivered.
        await Until.TrueAsync(() => record.Returned > 4 * 16, "messages are returned repeatedly");
        (await DepthsAsync(management, broker)).ShouldBe(
            new Dictionary<string, long> { ["tally-state"] = Messages, ["write-down"] = Messages },
            ignoreOrder: true
        );

        await redis.RestartAsync();
        await Until.TrueAsync(
            async () => (await DepthsAsync(management, broker)).Values.Sum() == 0,
            "all is done",
            state: () => $"{record}"
        );
        foreach (var id in tallies)
        {
            (await host.Services.GetRequiredService<ILoadSagaRepository<TallyState>>().Load(id)).Count.ShouldBe(1);
        }

        record.Written.ShouldBe(tallies, ignoreOrder: true);
        record.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_still_fail_on_a_bug()
    {
        var record = new Record { Bug = new InvalidOperationException("a bug") };
        var broker = await servers.RabbitMqAsync();
        await using var host = await StartAsync(await servers.RedisAsync(), broker, record, longestHold: TimeSpan.FromSeconds(2));

        await host.Services.GetRequiredService<IBus>().Publish(new CountOne(Guid.NewGuid()), Token);

        await Until.TrueAsync(() => !record.Faults.IsEmpty, "the fault is published");
        var management = await servers.RabbitMqManagementAsync();
        await Until.TrueAsync(
            async () => (await DepthsAsync(management, broker)).GetValueOrDefault("write-down_error") == 1,
            "the message is in _error"
        );
    }

    // Without empty queues.
    static async Task<Dictionary<string, long>> DepthsAsync(RabbitMqManagement management, Uri broker) =>
        (await management.QueueDepthsAsync(broker.AbsolutePath.Trim('/'))).Where(x => x.Value > 0).ToDictionary();

    static async Task<WebApplication> StartAsync(RedisDatabase database, Uri broker, Record record, TimeSpan longestHold)
    {
        var builder = MonarchHost.CreateBuilder(
            HostRole.Workers,
            new Dictionary<string, string?>(database.Settings!)
            {
                ["VALKEY_TIMEOUT"] = "5",
                ["RABBITMQ_URL"] = $"{broker}",
                ["PROMETHEUS_PORT"] = "0",
                ["MONARCH_LOG_LEVEL"] = "None",
            }
        );
        builder.Services.AddRedis(builder.Configuration);
        builder.Services.AddWakeUps(wake =>
            wake.Send("tally", new("exchange:tally-state"), x => new WakeTally(x.SagaId, x.DueAt, x.IsRestart))
        );
        builder.Services.AddSingleton(record);
        builder.Services.Configure<HoldOptions>(hold => hold.Longest = longestHold);
        builder.AddBus(bus =>
        {
            bus.AddReceiveObserver(_ => record);
            bus.AddConsumer<WriteDownConsumer>();
            bus.AddConsumer<NoteFaultConsumer>();
            bus.AddSagaStateMachine<TallyStateMachine, TallyState>().RedisRepository(saga => saga.WakeUps = "tally");
        });
        var app = builder.BuildHost();
        await app.StartAsync(Token);
        (await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, Until.Generous)).ShouldBe(
            BusHealthStatus.Healthy
        );
        return app;
    }

    sealed class WriteDownConsumer(RedisConnection redis, Record record) : IConsumer<CountOne>
    {
        public async Task Consume(ConsumeContext<CountOne> context)
        {
            if (record.Bug is { } bug)
            {
                throw bug;
            }

            await redis.ExecuteAsync("SADD", context.CancellationToken, "written", $"{context.Message.TallyId}");
            record.Written.Add(context.Message.TallyId);
        }
    }

    sealed class NoteFaultConsumer(Record record) : IConsumer<Fault<CountOne>>
    {
        public Task Consume(ConsumeContext<Fault<CountOne>> context)
        {
            record.Faults.Add(context.Message.Message.TallyId);
            return Task.CompletedTask;
        }
    }

    sealed class Record : IReceiveObserver
    {
        int _returned;

        public Exception? Bug { get; init; }

        public int Returned => Volatile.Read(ref _returned);

        public ConcurrentBag<Guid> Written { get; } = [];

        public ConcurrentBag<Guid> Faults { get; } = [];

        public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
            where T : class => Task.CompletedTask;

        public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
            where T : class => Task.CompletedTask;

        public Task ReceiveFault(ReceiveContext context, Exception exception)
        {
            Interlocked.Increment(ref _returned);
            return Task.CompletedTask;
        }

        public override string ToString() => $"{Written.Count} written, {Returned} returned, {Faults.Count} faults";
    }
}
