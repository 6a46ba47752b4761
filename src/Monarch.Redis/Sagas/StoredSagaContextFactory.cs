using MassTransit;
using MassTransit.Middleware;
using MassTransit.Saga;

namespace Monarch.Redis.Sagas;

/// <summary>Creates the repository context of each message for MassTransit.</summary>
sealed class StoredSagaContextFactory<TSaga>(
    ISagaStore<TSaga> store,
    SagaTurns<TSaga> turns,
    ISagaConsumeContextFactory<ISagaStore<TSaga>, TSaga> factory,
    SagaInstruments instruments
) : ISagaRepositoryContextFactory<TSaga>, ILoadSagaRepositoryContextFactory<TSaga>
    where TSaga : class, ISagaVersion
{
    public void Probe(ProbeContext context) => context.Add("persistence", store.GetType().Name);

    public async Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class
    {
        using var turn = await turns.TakeAsync(context.CorrelationId ?? Guid.Empty, context.CancellationToken);
        await next.Send(new StoredSagaContext<TSaga, T>(store, context, factory, instruments));
    }

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next)
        where T : class =>
        throw new NotSupportedException($"{typeof(TSaga).Name} cannot be found by a query. Correlate {typeof(T).Name} by id.");

    public Task<T> Execute<T>(Func<LoadSagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class => asyncMethod(new Loading(store, cancellationToken));

    sealed class Loading(ISagaStore<TSaga> store, CancellationToken cancellationToken)
        : BasePipeContext(cancellationToken),
            LoadSagaRepositoryContext<TSaga>
    {
        public Task<TSaga> Load(Guid correlationId) => store.LoadAsync(correlationId, CancellationToken)!;
    }
}
