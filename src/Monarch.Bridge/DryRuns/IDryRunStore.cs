using Monarch.Contracts.DryRuns;

namespace Monarch.Bridge.DryRuns;

/// <summary>
/// The results of dry runs, apart from migrations. Idempotent: it accepts the events in any order, any number of times. A result is kept for
/// 24 hours after its last change.
/// </summary>
interface IDryRunStore
{
    static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    Task ApplyAsync(DryRunProgressed progress, CancellationToken cancellationToken);

    /// <returns>Null when there is no such dry run, or it has expired.</returns>
    Task<DryRunView?> FindAsync(Guid dryRunId, CancellationToken cancellationToken);
}
