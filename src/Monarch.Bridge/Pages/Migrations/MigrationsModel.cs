using Monarch.Bridge.Status;

namespace Monarch.Bridge.Pages.Migrations;

/// <summary>What the list of migrations shows.</summary>
public sealed record MigrationsModel
{
    /// <summary>Which of them it shows.</summary>
    public required MigrationFilter Filter { get; init; }

    /// <summary>The states to choose from, with the number of migrations in each.</summary>
    public required IReadOnlyList<MigrationStateCount> States { get; init; }

    /// <summary>Those on this page.</summary>
    public required IReadOnlyList<MigrationRow> Rows { get; init; }

    /// <summary>How many match in all.</summary>
    public required int Matching { get; init; }

    /// <summary>The place of the first on this page, from 1.</summary>
    public required int First { get; init; }

    /// <summary>Whether a further page follows.</summary>
    public required bool HasOlder { get; init; }

    /// <summary>Whether there is no migration at all.</summary>
    public required bool IsEmpty { get; init; }

    /// <summary>Whether there are older ones that the list does not cover.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Whether the caller may start a migration.</summary>
    public bool MayOperate { get; init; }

    /// <summary>The address that the list is updated from; null when it is not updated.</summary>
    public string? LiveAddress { get; init; }
}

/// <summary>A migration in a list.</summary>
/// <param name="View">The migration.</param>
/// <param name="ExpectedEnd">Its expected end (UTC); null when unknown.</param>
public sealed record MigrationRow(MigrationView View, DateTimeOffset? ExpectedEnd);

/// <summary>A state to choose from.</summary>
/// <param name="Key">Its key in the address.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many migrations are in it.</param>
public sealed record MigrationStateCount(string Key, string Name, int Count);
