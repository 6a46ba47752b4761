using MassTransit;

namespace Monarch.Redis;

/// <summary>Where sagas are: in Redis or in memory.</summary>
interface ISagaStore<TSaga>
    where TSaga : class, ISagaVersion
{
    /// <summary>The saga as it was saved last, ended or not; null when there is none.</summary>
    Task<TSaga?> LoadAsync(Guid sagaId, CancellationToken cancellationToken);

    /// <summary>Saves a saga and its wake-up in one step if the stored version is still the expected one (0: none is stored); tells whether it was.</summary>
    Task<bool> TrySaveAsync(TSaga saga, int expectedVersion, CancellationToken cancellationToken);

    /// <summary>Removes a saga and its wake-up in one step if the stored version is still the expected one; tells whether it was.</summary>
    Task<bool> TryDeleteAsync(Guid sagaId, int expectedVersion, CancellationToken cancellationToken);
}
