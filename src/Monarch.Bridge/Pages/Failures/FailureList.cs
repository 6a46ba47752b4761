using Monarch.Bridge.Pages.Migrations;
using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;

namespace Monarch.Bridge.Pages.Failures;

/// <summary>Collects what failed in the newest migrations, by cause.</summary>
sealed class FailureList(IStatusStore store)
{
    /// <summary>How many of the newest migrations are read.</summary>
    public const int MaxMigrations = 300;

    public async Task<FailuresModel> FindAsync(string text, CancellationToken cancellationToken)
    {
        var newest = await store.ListAsync(0, MaxMigrations, cancellationToken);
        var ids = newest.Where(MayHaveFailed).Select(view => view.Id).ToList();
        var views = ids.Count > 0 ? await store.FindAsync(ids, cancellationToken) : [];
        var failures = views.SelectMany(Of).Where(failure => text.Length == 0 || Has(failure, text));
        var groups = failures
            .GroupBy(failure => (failure.Cause, failure.Failure.Remedy))
            .Select(group => new FailureGroup(
                group.Key.Cause,
                group.Key.Remedy,
                [
                    .. group
                        .GroupBy(failure => failure.View.Id)
                        .Select(same => new FailedMigration(same.First().View, [.. same.Where(failure => failure.Number > 0)]))
                        .OrderByDescending(migration => migration.View.RequestedAt),
                ],
                group.Sum(failure => failure.Missing)
            ))
            .OrderByDescending(group => group.Missing)
            .ThenBy(group => group.Cause, StringComparer.Ordinal);
        return new(text, [.. groups], IsCut: newest.Count == MaxMigrations);
    }

    static bool MayHaveFailed(MigrationView view) =>
        view.Status is BatchStatus.CompletedWithFailures or BatchStatus.Failed or BatchStatus.Migrating;

    static IEnumerable<FoundFailure> Of(MigrationView view)
    {
        if (view is { Status: BatchStatus.Failed, Failure: { } own })
        {
            yield return new(view, 0, null, own, Cause(own, (view.Source, "the template")), [], 0);
            yield break;
        }

        foreach (var (row, index) in view.Repositories!.Select((row, index) => (row, index)))
        {
            if (row is { Status: RepositoryStatus.Failed, Failure: { } failure })
            {
                (string?, string)[] names =
                [
                    (row.FullName, "the repository"),
                    (row.Requested, "the repository"),
                    (view.Source, "the template"),
                ];
                yield return new(view, index + 1, row, failure, Cause(failure, names), [], MigrationCounts.MissingIn(row));
            }

            foreach (var same in row.RejectedIssues.GroupBy(issue => (issue.Failure.Message, issue.Failure.Remedy)))
            {
                List<RejectedIssue> issues = [.. same];
                yield return new(view, index + 1, row, issues[0].Failure, Cause(issues[0].Failure), issues, issues.Count);
            }
        }
    }

    // The same cause in two repositories has their names in its message.
    static string Cause(Failure failure, params ReadOnlySpan<(string? Name, string Place)> names)
    {
        var message = VisibleText.Line(failure.Message).TrimEnd('.');
        foreach (var (name, place) in names)
        {
            message = name is { Length: > 0 } ? message.Replace(name, place, StringComparison.OrdinalIgnoreCase) : message;
        }

        return message.Length > 0 ? char.ToUpperInvariant(message[0]) + message[1..] : "An unknown cause";
    }

    static bool Has(FoundFailure failure, string text)
    {
        string?[] fields =
        [
            failure.Cause,
            failure.Failure.Remedy,
            failure.View.Source,
            failure.Row?.FullName,
            failure.Row?.Requested,
            .. failure.Issues.Select(issue => issue.Title),
        ];
        return fields.Any(field => field?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
    }
}
