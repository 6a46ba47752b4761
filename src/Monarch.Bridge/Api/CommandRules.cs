using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Api;

/// <summary>
/// Decides from the read model which commands a migration accepts. The saga makes the final decision and ignores late commands.
/// </summary>
static class CommandRules
{
    /// <returns>Why the command is not possible; null when it is.</returns>
    public static string? Obstacle(this InterventionKind kind, MigrationView batch) =>
        (kind, HasEnded(batch)) switch
        {
            (InterventionKind.Retry, false) => "The migration has not ended: it retries automatically. Retry it when it has ended.",
            (InterventionKind.Retry, true) => HasFailures(batch)
                ? null
                : $"The migration has ended as {batch.Status}: nothing failed in it, so there is nothing to retry.",
            (_, true) => $"The migration has ended as {batch.Status}. To copy missing issues, request the same migration again.",
            (InterventionKind.Resume, false) when !batch.IsPaused => "The migration is not paused.",
            _ => null,
        };

    /// <summary>The participle of the command, as in "cannot be cancelled".</summary>
    public static string Participle(this InterventionKind kind) =>
        kind switch
        {
            InterventionKind.Cancel => "cancelled",
            InterventionKind.Pause => "paused",
            InterventionKind.Resume => "resumed",
            _ => "retried",
        };

    public static object Command(this InterventionKind kind, Guid batchId, string? reason, DateTimeOffset requestedAt) =>
        kind switch
        {
            InterventionKind.Cancel => new CancelMigration
            {
                BatchId = batchId,
                Reason = reason,
                RequestedAt = requestedAt,
            },
            InterventionKind.Pause => new PauseMigration
            {
                BatchId = batchId,
                Reason = reason,
                RequestedAt = requestedAt,
            },
            InterventionKind.Resume => new ResumeMigration
            {
                BatchId = batchId,
                Reason = reason,
                RequestedAt = requestedAt,
            },
            InterventionKind.Retry => new RetryRejectedIssues
            {
                BatchId = batchId,
                Reason = reason,
                RequestedAt = requestedAt,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such command."),
        };

    static bool HasEnded(MigrationView batch) => batch.Status > BatchStatus.Migrating;

    static bool HasFailures(MigrationView batch) =>
        batch.Repositories!.Any(repository => repository.Status is RepositoryStatus.Failed or RepositoryStatus.CompletedWithFailures);
}
