using System.Globalization;
using Monarch.Bridge.Pages.Parts;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Pages.Migrations;

/// <summary>What the page of a migration shows.</summary>
public sealed record MigrationModel
{
    internal const string All = "all";

    internal static IReadOnlyList<(string Key, string Name, Func<RepositoryView, bool> Matches)> Groups { get; } =
    [
        (All, "All", _ => true),
        ("needs-you", "Needs you", MigrationCounts.NeedsYou),
        ("waiting", "Waiting", row => row is { Status: < RepositoryStatus.Completed, IsPaused: false, WaitingUntil: not null }),
        ("running", "In progress", row => row is { Status: < RepositoryStatus.Completed, IsPaused: false, WaitingUntil: null }),
        ("paused", "Paused", row => row is { Status: < RepositoryStatus.Completed, IsPaused: true }),
        ("completed", "Completed", row => row.Status == RepositoryStatus.Completed),
        ("with-failures", "With failures", row => row.Status == RepositoryStatus.CompletedWithFailures),
        ("failed", "Failed", row => row.Status == RepositoryStatus.Failed),
        ("cancelled", "Cancelled", row => row.Status == RepositoryStatus.Cancelled),
    ];

    /// <summary>The migration with its repositories.</summary>
    public required MigrationView View { get; init; }

    /// <summary>Its expected end (UTC); null when unknown.</summary>
    public DateTimeOffset? ExpectedEnd { get; init; }

    /// <summary>Which repositories are listed: a key of the groups.</summary>
    public string Group { get; init; } = All;

    /// <summary>What has happened since the page before; null for nothing.</summary>
    public PageNotice? Notice { get; init; }

    /// <summary>What was typed into the form that was refused; null for none.</summary>
    public ReasonField? Typed { get; init; }

    /// <summary>Whether the caller may change anything.</summary>
    public bool MayOperate { get; init; }

    /// <summary>The address that the page is updated from; null when it is not updated.</summary>
    public string? LiveAddress { get; init; }

    internal MigrationCounts Counts => MigrationCounts.Of(View);

    internal IReadOnlyList<(int Number, RepositoryView Row)> Repositories =>
        [.. View.Repositories!.Select((row, index) => (index + 1, row))];

    /// <summary>Those that need a person first, then by number.</summary>
    internal IReadOnlyList<(int Number, RepositoryView Row)> Listed =>
        [
            .. Repositories
                .Where(repository => Groups.FirstOrDefault(group => group.Key == Group).Matches?.Invoke(repository.Row) ?? true)
                .OrderByDescending(repository => MigrationCounts.NeedsYou(repository.Row))
                .ThenByDescending(repository => MigrationCounts.MissingIn(repository.Row))
                .ThenBy(repository => repository.Number),
        ];

    internal IReadOnlyList<(int Number, RepositoryView Row)> NeedingYou =>
        [
            .. Repositories
                .Where(repository => MigrationCounts.NeedsYou(repository.Row))
                .OrderByDescending(repository => MigrationCounts.MissingIn(repository.Row)),
        ];

    internal string ShortId => View.Id.ToString("N", CultureInfo.InvariantCulture)[^8..];
}

/// <summary>What happened, above a page.</summary>
/// <param name="Tone">Its meaning: <c>run</c> or <c>warn</c>.</param>
/// <param name="Title">What happened.</param>
/// <param name="Text">What it means and what to do.</param>
public sealed record PageNotice(string Tone, string Title, string Text);
