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

    /// <summary>When it will probably end; null when nobody can tell, or it is too soon to be worth a word.</summary>
    public static string? EndInWords(this MigrationView view, DateTimeOffset now) => view.ExpectedEndAt - now is { } left && left > TimeSpan.FromSeconds(5)
        ? string.Create(CultureInfo.InvariantCulture, $"ends about {view.ExpectedEndAt:HH:mm:ss} UTC, in {Rounded(left)}")
        : null;

    /// <summary>Whether the end is so far from the one that was said last that it should be said again.</summary>
    public static bool IsNews(this MigrationView view, DateTimeOffset? said, DateTimeOffset now) =>
        said is null || (view.ExpectedEndAt is { } end && (end - said.Value).Duration() > ((end - now) / 5) + TimeSpan.FromSeconds(5));

    static string Rounded(TimeSpan time) => time switch
    {
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h"),
    };

    /// <summary>The reason of the latest intervention of a kind, to be said after its name.</summary>
    public static string Because(this MigrationView view, InterventionKind kind) =>
        view.Interventions.LastOrDefault(x => x.Kind == kind)?.Reason is { } reason ? $": {reason}" : "";
}
