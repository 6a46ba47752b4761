using MassTransit;

namespace Monarch.Redis.Sagas;

/// <summary>Stores sagas, in Redis or in memory.</summary>
interface ISagaStore<TSaga>
    where TSaga : class, ISagaVersion
{
    /// <summary>Returns the saga as last saved, ended or not; null when there is none.</summary>
    Task<TSaga?> LoadAsync(Guid sagaId, CancellationToken cancellationToken);

    /// <summary>
    /// Saves a saga and its wake-up atomically if the stored version is the expected one (0: none is stored); returns whether it was saved.
    /// </summary>
    Task<bool> TrySaveAsync(TSaga saga, int expectedVersion, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a saga and its wake-up atomically if the stored version is the expected one; returns whether it was removed.
    /// </summary>
    Task<bool> TryDeleteAsync(Guid sagaId, int expectedVersion, CancellationToken cancellationToken);
}
