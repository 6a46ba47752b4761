using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;

namespace Monarch.Redis;

/// <summary>Loads and saves the saga of one message.</summary>
sealed class StoredSagaContext<TSaga, TMessage>(ISagaStore<TSaga> store, ConsumeContext<TMessage> context,
    ISagaConsumeContextFactory<ISagaStore<TSaga>, TSaga> factory, SagaInstruments instruments)
    : ConsumeContextScope<TMessage>(context), SagaRepositoryContext<TSaga, TMessage>
    where TSaga : class, ISagaVersion
    where TMessage : class
{
    static readonly string MessageName = typeof(TMessage).IsGenericType
        ? $"{nameof(Fault)} of {typeof(TMessage).GetGenericArguments()[0].Name}"
        : typeof(TMessage).Name;

    readonly ConsumeContext<TMessage> _context = context;

    public Task<SagaConsumeContext<TSaga, TMessage>> Add(TSaga instance) =>
        CreateSagaConsumeContext(_context, instance, SagaConsumeContextMode.Add);

    public async Task<SagaConsumeContext<TSaga, TMessage>> Insert(TSaga instance) =>
        // At null, MassTransit loads the instance that another process inserted first.
        await TrySaveAsync(instance) ? await CreateSagaConsumeContext(_context, instance, SagaConsumeContextMode.Insert) : null!;

    public async Task<SagaConsumeContext<TSaga, TMessage>> Load(Guid correlationId) =>
        await store.LoadAsync(correlationId, CancellationToken) is { } saga
            ? await CreateSagaConsumeContext(_context, saga, SagaConsumeContextMode.Load)
            : null!;

    public Task Save(SagaConsumeContext<TSaga> context) => Update(context);

    public async Task Update(SagaConsumeContext<TSaga> context)
    {
        if (!await TrySaveAsync(context.Saga))
            throw Overtaken(context.Saga);
    }

    public async Task Delete(SagaConsumeContext<TSaga> context)
    {
        if (!await store.TryDeleteAsync(context.Saga.CorrelationId, context.Saga.Version, CancellationToken))
            throw Overtaken(context.Saga);
    }

    public Task Discard(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task<SagaConsumeContext<TSaga, T>> CreateSagaConsumeContext<T>(ConsumeContext<T> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where T : class
    {
        Trace(instance);
        return factory.CreateSagaConsumeContext(store, consumeContext, instance, mode);
    }

    async Task<bool> TrySaveAsync(TSaga saga)
    {
        Trace(saga);
        var expected = saga.Version++;
        var saved = false;
        try
        {
            return saved = await store.TrySaveAsync(saga, expected, CancellationToken);
        }
        finally
        {
            if (!saved)
                saga.Version = expected;
        }
    }

    // Once when it is loaded, and again when it is saved: it may have begun another run. What it sends leaves after that.
    static void Trace(TSaga saga)
    {
        if (saga is ITracedSaga traced)
        {
            traced.TraceParent ??= TraceParent.Keep();
            MessageTrace.Current?.Continue(traced, MessageName);
        }
    }

    ConcurrencyException Overtaken(TSaga saga)
    {
        instruments.Overtaken<TSaga>();
        return new("Another message has changed the saga meanwhile", typeof(TSaga), saga.CorrelationId);
    }
}
