using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Bridge.Pages;

/// <summary>A read model that cannot be read.</summary>
sealed class ThrowingStatusStore(Exception exception) : IStatusStore
{
    public Task<IReadOnlyList<string>> ApplyAsync(BatchProgressed progress, CancellationToken cancellationToken) => throw exception;

    public Task<IReadOnlyList<string>> ApplyAsync(RepositoryProgressed progress, CancellationToken cancellationToken) => throw exception;

    public Task<MigrationView?> FindAsync(Guid batchId, CancellationToken cancellationToken) => throw exception;

    public Task<IReadOnlyList<MigrationView>> FindAsync(IReadOnlyCollection<Guid> batchIds, CancellationToken cancellationToken) =>
        throw exception;

    public Task<IReadOnlyList<MigrationView>> ListAsync(int skip, int count, CancellationToken cancellationToken) => throw exception;
}
