using System.Globalization;
using System.Text.Json;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Status;

/// <summary>
/// A migration's part of the read model: rows by name, each with the version of the event that wrote it. A row is overwritten by a
/// version that is not older.
/// </summary>
static class StatusRows
{
    const string BatchRow = "batch";
    const string TargetRow = "target:";
    const string RepositoryRow = "repository:";

    /// <summary>The migration has ended; cleared by a retry.</summary>
    public const string BatchEnded = "reached:end";

    /// <summary>An issue was created for the migration.</summary>
    public const string FirstIssue = "reached:issue";

    /// <summary>A repository of the migration has ended; cleared by a retry.</summary>
    public static string TargetEnded(TargetProgress target) => string.Create(CultureInfo.InvariantCulture, $"reached:end:{target.Index}");

    public static IEnumerable<StatusRow> Of(BatchProgressed progress)
    {
        var batch = JsonSerializer.Serialize(progress with { Targets = [] }, StatusJson.Default.BatchProgressed);
        yield return new(BatchRow, progress.Version, batch, BatchEnded, progress.EndedAt is not null);
        foreach (var target in progress.Targets)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{TargetRow}{target.Index}");
            var json = JsonSerializer.Serialize(target, StatusJson.Default.TargetProgress);
            yield return new(name, progress.Version, json, TargetEnded(target), target.Status >= RepositoryStatus.Completed);
        }
    }

    public static IEnumerable<StatusRow> Of(RepositoryProgressed progress)
    {
        var json = JsonSerializer.Serialize(progress, StatusJson.Default.RepositoryProgressed);
        yield return new(RowOf(progress.TargetRepositoryId), progress.Version, json, FirstIssue, progress.Created > 0 ? true : null);
    }

    /// <returns>Null when the migration's own row is missing.</returns>
    public static MigrationView? View(IReadOnlyDictionary<string, string> rows, bool withRepositories)
    {
        if (!rows.TryGetValue(BatchRow, out var json))
        {
            return null;
        }

        var batch = JsonSerializer.Deserialize(json, StatusJson.Default.BatchProgressed)!;
        return new()
        {
            Id = batch.BatchId,
            Status = batch.Status,
            Source = batch.Source,
            NotificationChannel = batch.NotificationChannel,
            RequestedAt = batch.RequestedAt,
            EndedAt = batch.EndedAt,
            IssueCount = batch.IssueCount,
            RepositoryCount = batch.TargetCount,
            RepositoriesEnded = batch.TargetsEnded,
            WaitingUntil = batch.WaitingUntil,
            IsPaused = batch.IsPaused,
            Interventions = batch.Interventions,
            Copy = withRepositories ? batch.Copy : null,
            TraceId = batch.TraceId,
            Failure = batch.Failure,
            Repositories = withRepositories ? Repositories(rows, batch) : null,
        };
    }

    static List<RepositoryView> Repositories(IReadOnlyDictionary<string, string> rows, BatchProgressed batch) =>
        [
            .. rows.Where(row => row.Key.StartsWith(TargetRow, StringComparison.Ordinal))
                .Select(row => JsonSerializer.Deserialize(row.Value, StatusJson.Default.TargetProgress)!)
                .OrderBy(target => target.Index)
                .Select(target => View(target, ProgressOf(rows, target), batch)),
        ];

    // Of two names for one repository only the one with the outcome shows its progress.
    static RepositoryProgressed? ProgressOf(IReadOnlyDictionary<string, string> rows, TargetProgress target) =>
        target is { Status: not RepositoryStatus.SameAsAnother, RepositoryId: { } id } && rows.TryGetValue(RowOf(id), out var json)
            ? JsonSerializer.Deserialize(json, StatusJson.Default.RepositoryProgressed)
            : null;

    static string RowOf(long repositoryId) => string.Create(CultureInfo.InvariantCulture, $"{RepositoryRow}{repositoryId}");

    static RepositoryView View(TargetProgress target, RepositoryProgressed? repository, BatchProgressed batch)
    {
        // A running repository migration is current; a target that has ended for this migration stays as it was, even if the repository
        // migration continues for others.
        var running = target.Status < RepositoryStatus.Completed ? repository : null;
        return new()
        {
            Requested = target.Requested,
            FullName = running?.TargetFullName ?? target.FullName,
            RepositoryId = target.RepositoryId,
            Status = running?.Status ?? target.Status,
            Total = running?.Total ?? target.Total ?? batch.IssueCount ?? 0,
            Created = running?.Created ?? target.Created ?? 0,
            AlreadyThere = running?.AlreadyThere ?? target.AlreadyThere ?? 0,
            Rejected = running?.Rejected ?? target.Rejected ?? 0,
            WaitingUntil = running is null ? target.WaitingUntil : running.WaitingUntil,
            IsPaused = running?.IsPaused ?? (batch.IsPaused && target.Status < RepositoryStatus.Completed),
            Account = repository?.Account,
            Failure = running is null ? target.Failure : running.Failure,
            RejectedIssues = repository?.RejectedIssues ?? [],
            Notes = repository?.Notes ?? [],
        };
    }
}

/// <summary>A row of the read model.</summary>
/// <param name="Name">Its name within the migration.</param>
/// <param name="Version">The version of the event that wrote it.</param>
/// <param name="Json">Its content.</param>
/// <param name="Milestone">The milestone that it determines; two rows may determine the same.</param>
/// <param name="IsReached">Whether the milestone is reached; null when the row does not determine it.</param>
readonly record struct StatusRow(string Name, int Version, string Json, string Milestone, bool? IsReached);
