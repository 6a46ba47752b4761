using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monarch.Redis.Sagas;
using Monarch.Testing;
using Monarch.Workers.Clocks;
using Monarch.Workers.Migrations.Backoff;
using Xunit;

namespace Monarch.Tests.Migrations;

/// <summary>One saga on an in-memory bus, with a clock that is moved by hand. Its messages are only recorded.</summary>
public abstract class SagaTest : IAsyncLifetime
{
    readonly BusRecord _record = new();
    ServiceProvider _services = null!;
    IBusControl _bus = null!;

    protected FakeTimeProvider Time { get; } = FakeTime.New();

    private protected SharedClock Clock { get; }

    private protected MigrationOptions Options { get; } = new();

    /// <summary>The clock of the host that sends the saga's events, which stamps them; null for no stamp.</summary>
    protected TimeProvider? SendersTime { get; set; }

    protected SagaTest() => (Clock, SendersTime) = (new(Time), Time);

    public async ValueTask InitializeAsync()
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(Options))
            .AddSingleton(Clock)
            .AddSingleton<BackoffPolicy>();
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            Configure(services, bus);
            bus.UsingInMemory((context, memory) => memory.ConfigureEndpoints(context));
        });
        _services = services.BuildServiceProvider(true);
        _bus = _services.GetRequiredService<IBusControl>();
        _bus.ConnectReceiveObserver(_record);
        _bus.ConnectSendObserver(_record);
        _bus.ConnectPublishObserver(_record);
        await _bus.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _bus.StopAsync();
        await _services.DisposeAsync();
    }

    protected abstract void Configure(IServiceCollection services, IBusRegistrationConfigurator bus);

    /// <summary>Publishes an event and waits until the saga has handled it and sent its messages.</summary>
    protected async Task HandleAsync<T>(T message, Guid? messageId = null)
        where T : class
    {
        var id = messageId ?? NewId.NextGuid();
        var handled = _record.NextReceived(id);
        await _bus.Publish(message, context => Stamp(context, id), TestContext.Current.CancellationToken);
        await handled.WaitAsync(Until.Generous, TestContext.Current.CancellationToken);
    }

    /// <summary>The same for a message whose type is known at runtime.</summary>
    protected async Task HandleAnyAsync(object message, Guid messageId)
    {
        var handled = _record.NextReceived(messageId);
        await _bus.Publish(message, message.GetType(), context => Stamp(context, messageId), TestContext.Current.CancellationToken);
        await handled.WaitAsync(Until.Generous, TestContext.Current.CancellationToken);
    }

    /// <summary>Restores an earlier state of a saga, as a Redis does that has lost its last second.</summary>
    private protected async Task RestoreAsync<TSaga>(TSaga earlier)
        where TSaga : class, ISagaVersion
    {
        var store = _services.GetRequiredService<ISagaStore<TSaga>>();
        var present = await store.LoadAsync(earlier.CorrelationId, TestContext.Current.CancellationToken);
        await store.TryDeleteAsync(earlier.CorrelationId, present!.Version, TestContext.Current.CancellationToken);
        await store.TrySaveAsync(earlier, 0, TestContext.Current.CancellationToken);
    }

    /// <summary>Everything of a type that was sent or published so far, oldest first.</summary>
    protected IReadOnlyList<T> Sent<T>()
        where T : class => [.. _record.Sent.OfType<T>()];

    private protected async Task<TSaga?> FindAsync<TSaga>(Guid id)
        where TSaga : class, ISagaVersion =>
        await _services.GetRequiredService<ISagaStore<TSaga>>().LoadAsync(id, TestContext.Current.CancellationToken);

    void Stamp(SendContext context, Guid messageId)
    {
        context.MessageId = messageId;
        context.Serializer = new StampingSerializer(SendersTime?.GetUtcNow(), context.Serializer);
    }
}
