using System.Globalization;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Status;

/// <summary>Estimates when a migration ends, from the budgets of its accounts.</summary>
sealed class ExpectedEnds(IStatusStore store, ICredentialViews credentials, TimeProvider time)
{
    const int MigrationsRead = 100;

    /// <returns>Null when it is not running, or when no estimate is possible.</returns>
    public async Task<DateTimeOffset?> OfAsync(MigrationView batch, CancellationToken cancellationToken) =>
        Open(batch).Any() ? Of(batch, await RunningAsync(batch.Id, cancellationToken), await AccountsAsync(cancellationToken)) : null;

    /// <summary>The same for several migrations.</summary>
    /// <param name="running">All that run, with their repositories.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Those for which an estimate is possible.</returns>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> OfAllAsync(
        IReadOnlyList<MigrationView> running,
        CancellationToken cancellationToken
    )
    {
        var accounts = await AccountsAsync(cancellationToken);
        return running
            .Select(batch => (batch.Id, End: Of(batch, running.Where(view => view.Id != batch.Id && !view.IsPaused), accounts)))
            .Where(estimate => estimate.End is not null)
            .ToDictionary(estimate => estimate.Id, estimate => estimate.End!.Value);
    }

    DateTimeOffset? Of(MigrationView batch, IEnumerable<MigrationView> others, Dictionary<string, AccountPace> accounts)
    {
        var own = Open(batch).ToList();
        var all = own.Concat(others.SelectMany(Open))
            // Migrations with the same source and repository share its progress.
            .GroupBy(row => (row.Source, row.Id))
            .Select(rows => rows.MaxBy(row => row.Remaining)!)
            .ToList();

        DateTimeOffset? end = null;
        foreach (var mine in own.GroupBy(row => AccountOf(row, accounts)))
        {
            if (mine.Key is null)
            {
                return null;
            }

            var theirs = all.Where(row => AccountOf(row, accounts) == mine.Key).Select(row => row.Remaining).ToList();
            var ends = accounts[mine.Key].EndOf([.. mine.Select(row => row.Remaining)], theirs);
            // The forecast covers only waits for the budget: while all repositories wait for another reason, nothing is created.
            var wait = mine.Min(row => row.OtherWait ?? DateTimeOffset.MinValue) - time.GetUtcNow();
            ends = Later(
                wait > TimeSpan.Zero ? ends + wait : ends,
                mine.Max(row => row.OtherWait + accounts[mine.Key].AtLeast(row.Remaining))
            );
            end = Later(ends, end);
        }

        return end;
    }

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    /// <summary>The accounts, and the pending issues of each repository that is being filled, by account.</summary>
    public async Task<(Dictionary<string, AccountPace> Accounts, Dictionary<string, IReadOnlyList<int>> Pending)> PacesAsync(
        CancellationToken cancellationToken
    )
    {
        var accounts = await AccountsAsync(cancellationToken);
        var pending = (await RunningAsync(null, cancellationToken))
            .SelectMany(Open)
            .GroupBy(row => (row.Source, row.Id))
            .Select(rows => rows.MaxBy(row => row.Remaining)!)
            .GroupBy(row => AccountOf(row, accounts) ?? "")
            .ToDictionary(rows => rows.Key, IReadOnlyList<int> (rows) => [.. rows.Select(row => row.Remaining)]);
        return (accounts, pending);
    }

    async Task<Dictionary<string, AccountPace>> AccountsAsync(CancellationToken cancellationToken) =>
        (await credentials.ListAsync(cancellationToken))
            .Where(report => report is { View.Account: not null, Forecast: not null })
            .GroupBy(report => report.View.Account!)
            .ToDictionary(
                reports => reports.Key,
                reports => new AccountPace(reports.MaxBy(report => report.View.ReportedAt)!, time.GetUtcNow())
            );

    async Task<IReadOnlyList<MigrationView>> RunningAsync(Guid? except, CancellationToken cancellationToken)
    {
        var newest = await store.ListAsync(0, MigrationsRead, cancellationToken);
        var others = newest.Where(view => view.Id != except && view is { Status: BatchStatus.Migrating, IsPaused: false });
        return await store.FindAsync([.. others.Select(view => view.Id)], cancellationToken);
    }

    static IEnumerable<Row> Open(MigrationView batch) =>
        batch is not { Status: BatchStatus.Migrating, IssueCount: not null }
            ? []
            : batch
                .Repositories!.Where(repository => repository is { Status: < RepositoryStatus.Completed, IsPaused: false })
                .Select(repository => new Row(
                    batch.Source,
                    repository.RepositoryId?.ToString(CultureInfo.InvariantCulture) ?? repository.Requested,
                    repository.Account,
                    Math.Max(1, repository.Total - repository.Created - repository.AlreadyThere - repository.Rejected),
                    repository.Failure is { Kind: FailureKind.Throttled, Status: null } ? null : repository.WaitingUntil
                ));

    // Until a repository is prepared its account is unknown; a single account is assumed.
    static string? AccountOf(Row row, Dictionary<string, AccountPace> accounts) =>
        row.Account is { } account ? (accounts.ContainsKey(account) ? account : null)
        : accounts.Count == 1 ? accounts.Keys.Single()
        : null;

    sealed record Row(string Source, string Id, string? Account, int Remaining, DateTimeOffset? OtherWait);
}
