using Monarch.Bridge.Status;

namespace Monarch.Bridge.Pages.Migrations;

/// <summary>Finds the migrations of a filter in the read model.</summary>
sealed class MigrationSearch(IStatusStore store, ExpectedEnds ends)
{
    /// <summary>How many of the newest migrations a list covers.</summary>
    public const int MaxMigrations = 1000;

    /// <summary>How many of the newest are searched for the name of a target, which needs all their repositories.</summary>
    const int MaxSearched = 300;

    const int PageSize = 25;

    public async Task<MigrationsModel> FindAsync(MigrationFilter filter, CancellationToken cancellationToken)
    {
        var newest = await store.ListAsync(0, MaxMigrations, cancellationToken);
        // What a running migration waits for, and what failed in it, is known from its repositories only.
        var needed =
            filter.Text.Length == 0
                ? newest.Where(MigrationFilter.IsActive)
                : newest.Take(MaxSearched).Union(newest.Where(MigrationFilter.IsActive));
        var full = await FullAsync(needed, [], cancellationToken);
        var found = newest.Select(view => full.GetValueOrDefault(view.Id, view)).Where(filter.IsIn).ToList();
        var matching = found.Where(filter.Matches).ToList();
        var last = Math.Max(1, (matching.Count + PageSize - 1) / PageSize);
        filter = filter with { Page = Math.Min(filter.Page, last) };
        var page = matching.Skip((filter.Page - 1) * PageSize).Take(PageSize).ToList();
        full = await FullAsync(page, full, cancellationToken);
        var expected = await ends.OfAllAsync([.. full.Values.Where(MigrationFilter.IsActive)], cancellationToken);
        return new()
        {
            Filter = filter,
            States =
            [
                .. MigrationFilter
                    .States.Select(state => new MigrationStateCount(state.Key, state.Name, found.Count(state.Matches)))
                    .Where(state => state.Count > 0 || state.Key == filter.State || state.Key == MigrationFilter.AllStates),
            ],
            Rows =
            [
                .. page.Select(view => new MigrationRow(
                    full.GetValueOrDefault(view.Id, view),
                    expected.TryGetValue(view.Id, out var end) ? end : null
                )),
            ],
            Matching = matching.Count,
            First = ((filter.Page - 1) * PageSize) + 1,
            HasOlder = filter.Page < last,
            IsEmpty = newest.Count == 0,
            IsCut = newest.Count == MaxMigrations,
        };
    }

    async Task<Dictionary<Guid, MigrationView>> FullAsync(
        IEnumerable<MigrationView> views,
        Dictionary<Guid, MigrationView> known,
        CancellationToken cancellationToken
    )
    {
        var missing = views.Select(view => view.Id).Where(id => !known.ContainsKey(id)).ToList();
        foreach (var view in missing.Count > 0 ? await store.FindAsync(missing, cancellationToken) : [])
        {
            known[view.Id] = view;
        }

        return known;
    }
}
