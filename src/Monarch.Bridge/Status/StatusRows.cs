using System.Globalization;
using System.Text.Json;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Status;

/// <summary>
/// A batch's part of the read model: rows by name, each with the version of the event that wrote it. A row is overwritten by a
/// version that is not older; a rejected issue's row never goes.
/// </summary>
static class StatusRows
{
    const string BatchRow = "batch";
    const string TargetRow = "target:";
    const string RepositoryRow = "repository:";
    const string RejectedRow = "rejected:";

    public static IEnumerable<(string Name, int Version, string Json)> Of(BatchProgressed progress)
    {
        yield return (BatchRow, progress.Version, JsonSerializer.Serialize(progress with { Targets = [] }, StatusJson.Default.BatchProgressed));
        foreach (var target in progress.Targets)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{TargetRow}{target.Index}");
            yield return (name, progress.Version, JsonSerializer.Serialize(target, StatusJson.Default.TargetProgress));
        }
    }

    public static IEnumerable<(string Name, int Version, string Json)> Of(RepositoryProgressed progress)
    {
        yield return (
            string.Create(CultureInfo.InvariantCulture, $"{RepositoryRow}{progress.TargetRepositoryId}"),
            progress.Version,
            JsonSerializer.Serialize(progress with { NewlyRejected = [] }, StatusJson.Default.RepositoryProgressed));
        foreach (var issue in progress.NewlyRejected)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{RejectedRow}{progress.TargetRepositoryId}:{issue.Number}");
            yield return (name, progress.Version, JsonSerializer.Serialize(issue, StatusJson.Default.RejectedIssue));
        }
    }

    /// <returns>Null when the batch's own row is not there.</returns>
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
            Failure = batch.Failure,
            Repositories = withRepositories ? Repositories(rows, batch) : null,
        };
    }

    static List<RepositoryView> Repositories(IReadOnlyDictionary<string, string> rows, BatchProgressed batch)
    {
        var rejected = rows.Where(row => row.Key.StartsWith(RejectedRow, StringComparison.Ordinal))
            .ToLookup(row => row.Key.Split(':')[1], row => JsonSerializer.Deserialize(row.Value, StatusJson.Default.RejectedIssue)!);
        return
        [
            .. rows.Where(row => row.Key.StartsWith(TargetRow, StringComparison.Ordinal))
                .Select(row => JsonSerializer.Deserialize(row.Value, StatusJson.Default.TargetProgress)!)
                .OrderBy(target => target.Index)
                .Select(target => View(target, Running(rows, target), batch, Rejected(target))),
        ];

        // Of two names for one repository only the one that has the outcome tells it.
        List<RejectedIssue> Rejected(TargetProgress target) =>
            target.Status == RepositoryStatus.SameAsAnother ? [] : [.. rejected[$"{target.RepositoryId}"].OrderBy(issue => issue.Number)];
    }

    // While it runs, the pair knows best; what has ended for this batch stays as it was, whatever the pair does for others.
    static RepositoryProgressed? Running(IReadOnlyDictionary<string, string> rows, TargetProgress target) =>
        target is { Status: < RepositoryStatus.Completed, RepositoryId: { } id }
            && rows.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{RepositoryRow}{id}"), out var json)
            ? JsonSerializer.Deserialize(json, StatusJson.Default.RepositoryProgressed)
            : null;

    static RepositoryView View(TargetProgress target, RepositoryProgressed? running, BatchProgressed batch, IReadOnlyList<RejectedIssue> rejected) => new()
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
        Failure = running is null ? target.Failure : running.Failure,
        RejectedIssues = rejected,
    };
}
