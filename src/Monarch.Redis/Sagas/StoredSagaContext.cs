using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;

namespace Monarch.Redis.Sagas;

/// <summary>Loads and saves the saga of one message.</summary>
sealed class StoredSagaContext<TSaga, TMessage>(
    ISagaStore<TSaga> store,
    ConsumeContext<TMessage> context,
    ISagaConsumeContextFactory<ISagaStore<TSaga>, TSaga> factory,
    SagaInstruments instruments
) : ConsumeContextScope<TMessage>(context), SagaRepositoryContext<TSaga, TMessage>
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
        // On null, MassTransit loads the instance that another process has inserted.
        await TrySaveAsync(instance) ? await CreateSagaConsumeContext(_context, instance, SagaConsumeContextMode.Insert) : null!;

    public async Task<SagaConsumeContext<TSaga, TMessage>> Load(Guid correlationId) =>
        await store.LoadAsync(correlationId, CancellationToken) is { } saga
            ? await CreateSagaConsumeContext(_context, saga, SagaConsumeContextMode.Load)
            : null!;

    public Task Save(SagaConsumeContext<TSaga> context) => Update(context);

    public async Task Update(SagaConsumeContext<TSaga> context)
    {
        if (!await TrySaveAsync(context.Saga))
        {
            throw Conflict(context.Saga);
        }
    }

    public async Task Delete(SagaConsumeContext<TSaga> context)
    {
        if (!await store.TryDeleteAsync(context.Saga.CorrelationId, context.Saga.Version, CancellationToken))
        {
            throw Conflict(context.Saga);
        }
    }

    public Task Discard(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task<SagaConsumeContext<TSaga, T>> CreateSagaConsumeContext<T>(
        ConsumeContext<T> consumeContext,
        TSaga instance,
        SagaConsumeContextMode mode
    )
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
            {
                saga.Version = expected;
            }
        }
    }

    // When it is loaded, and again when it is saved: it may have started another run. Its messages are sent after the save.
    static void Trace(TSaga saga)
    {
        if (saga is ITracedSaga traced)
        {
            traced.TraceParent ??= TraceParent.Keep();
            MessageTrace.Current?.Continue(traced, MessageName);
        }
    }

    ConcurrencyException Conflict(TSaga saga)
    {
        instruments.Conflict<TSaga>();
        return new("Another message has changed the saga meanwhile", typeof(TSaga), saga.CorrelationId);
    }
}
