using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Status;

/// <summary>The read model of the API and the pages. Idempotent: it accepts the sagas' events in any order, any number of times.</summary>
interface IStatusStore
{
    /// <returns>The milestones of <see cref="StatusRows"/> that this event reached first. Of concurrent callers one receives
    /// each.</returns>
    Task<IReadOnlyList<string>> ApplyAsync(BatchProgressed progress, CancellationToken cancellationToken);

    /// <inheritdoc cref="ApplyAsync(BatchProgressed, CancellationToken)"/>
    Task<IReadOnlyList<string>> ApplyAsync(RepositoryProgressed progress, CancellationToken cancellationToken);

    /// <returns>Null when there is no such migration, or it has expired.</returns>
    Task<MigrationView?> FindAsync(Guid batchId, CancellationToken cancellationToken);

    /// <summary>Several migrations, in no order; unknown ids are left out.</summary>
    Task<IReadOnlyList<MigrationView>> FindAsync(IReadOnlyCollection<Guid> batchIds, CancellationToken cancellationToken);

    /// <summary>The migrations, newest first, without their repositories.</summary>
    Task<IReadOnlyList<MigrationView>> ListAsync(int skip, int count, CancellationToken cancellationToken);
}
