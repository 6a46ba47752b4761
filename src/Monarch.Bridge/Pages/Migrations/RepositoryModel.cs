using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Pages.Migrations;

/// <summary>What the page of one repository of a migration shows.</summary>
/// <param name="View">The migration with its repositories.</param>
/// <param name="Number">The place of the repository, from 1.</param>
public sealed record RepositoryModel(MigrationView View, int Number)
{
    /// <summary>The address that the page is updated from; null when it is not updated.</summary>
    public string? LiveAddress { get; init; }

    internal RepositoryView Row => View.Repositories![Number - 1];

    internal string Name => Row.FullName ?? Row.Requested;

    internal int Copied => MigrationCounts.CopiedIn(Row);

    internal int Missing => MigrationCounts.MissingIn(Row);

    /// <summary>What copies lack or have in another form: one entry for each part and cause.</summary>
    internal IReadOnlyList<(IssueNote Note, IReadOnlyList<int> Numbers)> Notes =>
        [
            .. from note in Row.Notes
            group note by (note.Kind, note.Field, note.Message) into same
            select (same.First(), (IReadOnlyList<int>)[.. same.Select(note => note.Number).Where(number => number > 0)]),
        ];
}
