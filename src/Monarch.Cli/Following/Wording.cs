using System.Globalization;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;

namespace Monarch.Cli.Following;

/// <summary>A repository's state in words.</summary>
static class Wording
{
    /// <summary>How many of its issues are settled, whatever became of them.</summary>
    public static int Done(this RepositoryView repository) =>
        Math.Min(repository.Total, repository.Created + repository.AlreadyThere + repository.Rejected);

    public static string InWords(this RepositoryView repository) => repository switch
    {
        { IsPaused: true } => $"{repository.Done()}/{repository.Total}, paused",
        { WaitingUntil: { } until } => string.Create(
            CultureInfo.InvariantCulture, $"{repository.Done()}/{repository.Total}, waiting until {until:HH:mm:ss} UTC: {repository.Failure?.Message}"),
        { Status: RepositoryStatus.Resolving } => "queued",
        { Status: RepositoryStatus.Preparing } => "reading what is there",
        { Status: RepositoryStatus.Copying } => $"{repository.Done()}/{repository.Total}",
        { Status: RepositoryStatus.Completed } => "done",
        { Status: RepositoryStatus.CompletedWithFailures } => $"done, {repository.Rejected} rejected",
        { Status: RepositoryStatus.Cancelled } => "cancelled",
        { Status: RepositoryStatus.SameAsAnother } => "the same repository as another one",
        _ => "failed",
    };

    /// <summary>The reason of the latest intervention of a kind, to be said after its name.</summary>
    public static string Because(this MigrationView view, InterventionKind kind) =>
        view.Interventions.LastOrDefault(x => x.Kind == kind)?.Reason is { } reason ? $": {reason}" : "";
}
