using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Pages.Failures;

/// <summary>What the page of failures shows.</summary>
/// <param name="Text">The text that is searched for; empty for all.</param>
/// <param name="Groups">The failures by cause, those with the most missing issues first.</param>
/// <param name="IsCut">Whether there are older migrations that were not read.</param>
public sealed record FailuresModel(string Text, IReadOnlyList<FailureGroup> Groups, bool IsCut)
{
    /// <summary>Whether the caller may retry.</summary>
    public bool MayOperate { get; init; }
}

/// <summary>Failures with the same cause.</summary>
/// <param name="Cause">What happened, without the names of repositories.</param>
/// <param name="Remedy">What to do; null for nothing.</param>
/// <param name="Migrations">The migrations in which it happened.</param>
/// <param name="Missing">How many issues are missing because of it.</param>
public sealed record FailureGroup(string Cause, string? Remedy, IReadOnlyList<FailedMigration> Migrations, int Missing)
{
    internal int Repositories => Migrations.Sum(migration => migration.Failures.Select(failure => failure.Number).Distinct().Count());
}

/// <summary>What failed in a migration for one cause.</summary>
/// <param name="View">The migration.</param>
/// <param name="Failures">The repositories in which it failed; none when the migration failed as a whole.</param>
public sealed record FailedMigration(MigrationView View, IReadOnlyList<FoundFailure> Failures);

/// <summary>A failure in a repository.</summary>
/// <param name="View">The migration.</param>
/// <param name="Number">The place of the repository, from 1; 0 for the whole migration.</param>
/// <param name="Row">The repository; null for the whole migration.</param>
/// <param name="Failure">The failure.</param>
/// <param name="Cause">What happened, without the names of repositories.</param>
/// <param name="Issues">The issues that were rejected; none when the repository was refused.</param>
/// <param name="Missing">How many issues are missing.</param>
public sealed record FoundFailure(
    MigrationView View,
    int Number,
    RepositoryView? Row,
    Failure Failure,
    string Cause,
    IReadOnlyList<RejectedIssue> Issues,
    int Missing
);
