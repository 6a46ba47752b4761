using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;

namespace Monarch.Bridge.Pages.Migrations;

/// <summary>The issues of a migration, added up over its repositories.</summary>
/// <param name="Total">How many the repositories are to have.</param>
/// <param name="Copied">How many they have.</param>
/// <param name="Missing">How many they lack, because they were rejected or the repository was refused.</param>
/// <param name="NeedingYou">How many repositories lack issues that only a person can bring there.</param>
sealed record MigrationCounts(int Total, int Copied, int Missing, int NeedingYou)
{
    public static MigrationCounts Of(MigrationView view)
    {
        var repositories = (view.Repositories ?? []).Where(row => row.Status != RepositoryStatus.SameAsAnother).ToList();
        return new(
            repositories.Sum(row => row.Total),
            repositories.Sum(CopiedIn),
            repositories.Sum(MissingIn),
            repositories.Count(NeedsYou)
        );
    }

    public static int CopiedIn(RepositoryView row) => Math.Min(row.Total, row.Created + row.AlreadyThere);

    public static int MissingIn(RepositoryView row) => row.Status == RepositoryStatus.Failed ? row.Total - CopiedIn(row) : row.Rejected;

    public static bool NeedsYou(RepositoryView row) =>
        row.Status is RepositoryStatus.Failed or RepositoryStatus.CompletedWithFailures || row.Rejected > 0;
}
