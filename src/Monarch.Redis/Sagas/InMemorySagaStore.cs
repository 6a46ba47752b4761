using MassTransit;

namespace Monarch.Redis.Sagas;

/// <summary>
/// Stores the JSON, as in Redis, so that a failed handler changes nothing, and state that cannot be serialized fails early.
/// </summary>
sealed class InMemorySagaStore<TSaga>(string? name, InMemoryWakeUps wakeUps) : ISagaStore<TSaga>
    where TSaga : class, ISagaVersion
{
    readonly Dictionary<Guid, (int Version, byte[] State)> _sagas = [];
    readonly Lock _gate = new();

    public Task<TSaga?> LoadAsync(Guid sagaId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_sagas.TryGetValue(sagaId, out var saga) ? SagaJson.Read<TSaga>(saga.State) : null);
        }
    }

    public Task<bool> TrySaveAsync(TSaga saga, int expectedVersion, CancellationToken cancellationToken)
    {
        var state = SagaJson.Write(saga);
        lock (_gate)
        {
            if (_sagas.GetValueOrDefault(saga.CorrelationId).Version != expectedVersion)
            {
                return Task.FromResult(false);
            }

            _sagas[saga.CorrelationId] = (saga.Version, state);
            Settle(saga.CorrelationId, (saga as ISleepingSaga)?.WakeAt, (saga as ITracedSaga)?.TraceParent);
            return Task.FromResult(true);
        }
    }

    public Task<bool> TryDeleteAsync(Guid sagaId, int expectedVersion, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_sagas.GetValueOrDefault(sagaId).Version != expectedVersion)
            {
                return Task.FromResult(false);
            }

            _sagas.Remove(sagaId);
            Settle(sagaId, null);
            return Task.FromResult(true);
        }
    }

    void Settle(Guid sagaId, DateTimeOffset? wakeAt, string? traceParent = null)
    {
        if (name is not null)
        {
            wakeUps.Settle(name, sagaId, wakeAt, traceParent);
        }
    }
}
