using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Bridge;

/// <summary>Fails for one migration until it is cleared.</summary>
sealed class FailingStatusStore : IStatusStore
{
    public static readonly Guid Stone = new("57022e00-0000-7000-8000-000000000000");

    readonly InMemoryStatusStore _inner = new();

    public bool IsCleared { get; set; }

    public Task<IReadOnlyList<string>> ApplyAsync(BatchProgressed progress, CancellationToken cancellationToken) =>
        progress.BatchId == Stone && !IsCleared
            ? throw new InvalidOperationException("Stumbled.")
            : _inner.ApplyAsync(progress, cancellationToken);

    public Task<IReadOnlyList<string>> ApplyAsync(RepositoryProgressed progress, CancellationToken cancellationToken) =>
        _inner.ApplyAsync(progress, cancellationToken);

    public Task<MigrationView?> FindAsync(Guid batchId, CancellationToken cancellationToken) =>
        _inner.FindAsync(batchId, cancellationToken);

    public Task<IReadOnlyList<MigrationView>> FindAsync(IReadOnlyCollection<Guid> batchIds, CancellationToken cancellationToken) =>
        _inner.FindAsync(batchIds, cancellationToken);

    public Task<IReadOnlyList<MigrationView>> ListAsync(int skip, int count, CancellationToken cancellationToken) =>
        _inner.ListAsync(skip, count, cancellationToken);
}
