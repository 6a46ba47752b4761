using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Pages.Migrations;

/// <summary>Which migrations the list shows; it is in the address.</summary>
/// <param name="Text">A part of a repository, channel, reason or id; empty for all.</param>
/// <param name="State">The key of a state of <see cref="States"/>.</param>
/// <param name="Page">The page, from 1.</param>
public sealed record MigrationFilter(string Text, string State, int Page)
{
    internal const int MaxTextLength = 200;

    internal static IReadOnlyList<(string Key, string Name, Func<MigrationView, bool> Matches)> States { get; } =
    [
        ("all", "All", _ => true),
        ("needs-you", "Needs you", NeedsYou),
        ("active", "Active", IsActive),
        ("waiting", "Waiting", view => IsActive(view) && !view.IsPaused && MigrationStates.WaitOf(view) is not null),
        ("paused", "Paused", view => IsActive(view) && view.IsPaused),
        ("completed", "Completed", view => view.Status == BatchStatus.Completed),
        ("with-failures", "With failures", view => view.Status == BatchStatus.CompletedWithFailures),
        ("failed", "Failed", view => view.Status == BatchStatus.Failed),
        ("skipped", "Skipped", view => view.Status == BatchStatus.Skipped),
        ("cancelled", "Cancelled", view => view.Status == BatchStatus.Cancelled),
    ];

    internal static string AllStates => States[0].Key;

    /// <summary>Whether the state exists.</summary>
    internal bool IsKnown => States.Any(state => state.Key == State);

    internal bool IsEmpty => Text.Length == 0 && State == AllStates;

    internal static MigrationFilter Of(IQueryCollection query)
    {
        var text = query["q"].ToString().Trim();
        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(1, number) : 1;
        return new(
            text.Length > MaxTextLength ? text[..MaxTextLength] : text,
            query["state"].ToString() is { Length: > 0 } state ? state : AllStates,
            page
        );
    }

    /// <summary>The address of the list with this filter.</summary>
    internal string Address()
    {
        var query = new QueryBuilder();
        if (Text.Length > 0)
        {
            query.Add("q", Text);
        }

        if (State != AllStates)
        {
            query.Add("state", State);
        }

        if (Page > 1)
        {
            query.Add("page", Page.ToString(CultureInfo.InvariantCulture));
        }

        return $"/{query}";
    }

    internal bool Matches(MigrationView view) => States.FirstOrDefault(state => state.Key == State).Matches?.Invoke(view) ?? true;

    /// <summary>Whether the text is a part of what the migration's own row says.</summary>
    internal bool IsIn(MigrationView view) =>
        Text.Length == 0
        || Has(view.Source)
        || Has(view.NotificationChannel)
        || Has($"{view.Id}")
        || view.Interventions.Any(intervention => Has(intervention.Reason))
        || (view.Repositories ?? []).Any(row => Has(row.Requested) || Has(row.FullName));

    internal static bool IsActive(MigrationView view) => view.Status < BatchStatus.Completed;

    static bool NeedsYou(MigrationView view) =>
        view.Status is BatchStatus.CompletedWithFailures or BatchStatus.Failed
        || (IsActive(view) && MigrationCounts.Of(view).NeedingYou > 0);

    bool Has(string? text) => text?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true;
}
