using System.Globalization;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;

namespace Monarch.Cli.Display;

/// <summary>The state of a migration in words.</summary>
static class Wording
{
    /// <summary>How many of its issues are created, present or rejected.</summary>
    public static int Done(this RepositoryView repository) =>
        Math.Min(repository.Total, repository.Created + repository.AlreadyThere + repository.Rejected);

    public static string InWords(this RepositoryView repository)
    {
        var waiting = repository.WaitingUntil is { } until ? ProgressWording.Waiting(until, repository.Failure?.Message) : null;
        return ProgressWording.Of(repository.Status, repository.IsPaused, waiting, repository.Done(), repository.Total)
            ?? repository.Status switch
            {
                RepositoryStatus.Completed => "done",
                RepositoryStatus.CompletedWithFailures => $"done, {repository.Rejected} rejected",
                RepositoryStatus.Cancelled => "cancelled",
                RepositoryStatus.SameAsAnother => "the same repository as another one",
                _ => "failed",
            };
    }

    /// <summary>The expected end; null when unknown or less than 5 seconds away.</summary>
    public static string? EndInWords(this MigrationView view, DateTimeOffset now) =>
        view.ExpectedEndAt - now is { } left && left > TimeSpan.FromSeconds(5)
            ? string.Create(CultureInfo.InvariantCulture, $"ends about {view.ExpectedEndAt:HH:mm:ss} UTC, in {Rounded(left)}")
            : null;

    /// <summary>Whether the expected end differs so much from the printed one that it is printed again.</summary>
    public static bool IsEndChanged(this MigrationView view, DateTimeOffset? printed, DateTimeOffset now) =>
        printed is null
        || (view.ExpectedEndAt is { } end && (end - printed.Value).Duration() > ((end - now) / 5) + TimeSpan.FromSeconds(5));

    /// <summary>A duration in its largest fitting unit.</summary>
    public static string Rounded(TimeSpan time) =>
        time switch
        {
            { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
            { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h"),
        };

    /// <summary>The reason of the latest intervention of a kind, to follow its name.</summary>
    public static string Because(this MigrationView view, InterventionKind kind) =>
        view.Interventions.LastOrDefault(x => x.Kind == kind)?.Reason is { } reason ? $": {reason}" : "";
}
