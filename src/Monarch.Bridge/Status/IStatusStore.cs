using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Status;

/// <summary>The read model of the API and the pages. It takes the sagas' events in any order, any number of times.</summary>
interface IStatusStore
{
    /// <returns>The milestones of <see cref="StatusRows"/> that are reached by it and were not before. Of any number of callers one gets each.</returns>
    Task<IReadOnlyList<string>> ApplyAsync(BatchProgressed progress, CancellationToken cancellationToken);

    /// <inheritdoc cref="ApplyAsync(BatchProgressed, CancellationToken)"/>
    Task<IReadOnlyList<string>> ApplyAsync(RepositoryProgressed progress, CancellationToken cancellationToken);

    /// <returns>Null when there is no such batch, or it was too long ago.</returns>
    Task<MigrationView?> FindAsync(Guid batchId, CancellationToken cancellationToken);

    /// <summary>Some batches at once, in no order; those that are not there are left out.</summary>
    Task<IReadOnlyList<MigrationView>> FindAsync(IReadOnlyCollection<Guid> batchIds, CancellationToken cancellationToken);

    /// <summary>The batches, newest first, without their repositories.</summary>
    Task<IReadOnlyList<MigrationView>> ListAsync(int skip, int count, CancellationToken cancellationToken);
}
