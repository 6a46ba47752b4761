using Monarch.Bridge.Pages.Parts;
using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;

namespace Monarch.Bridge.Pages.Migrations;

/// <summary>The states of migrations and repositories as pages show them.</summary>
static class MigrationStates
{
    public static ShownState Of(MigrationView view) =>
        view switch
        {
            { Status: BatchStatus.Queued } => new("queued", "idle", "Queued"),
            { Status: < BatchStatus.Completed, IsPaused: true } => new("paused", "idle", "Paused")
            {
                Reason = ReasonOf(view, InterventionKind.Pause),
            },
            { Status: < BatchStatus.Completed } when WaitOf(view) is var (until, failure) => Waiting(until, failure),
            { Status: BatchStatus.ReadingSource } => new("run", "run", "Reading the template"),
            { Status: BatchStatus.Migrating } => new("run", "run", "Running"),
            { Status: BatchStatus.Completed } => new("ok", "ok", "Completed") { Remark = AfterRetry(view) },
            { Status: BatchStatus.CompletedWithFailures } => new("warn", "warn", "Completed with failures") { Remark = AfterRetry(view) },
            { Status: BatchStatus.Failed } => new("bad", "bad", "Failed") { Remark = Message(view.Failure) },
            { Status: BatchStatus.Skipped } => new("skipped", "idle", "Skipped") { Remark = "The template has no issues to copy" },
            _ => new("cancelled", "idle", "Cancelled") { Reason = ReasonOf(view, InterventionKind.Cancel) },
        };

    public static ShownState Of(RepositoryView row) =>
        row switch
        {
            { Status: < RepositoryStatus.Completed, IsPaused: true } => new("paused", "idle", "Paused"),
            { Status: < RepositoryStatus.Completed, WaitingUntil: { } until } => Waiting(until, row.Failure),
            { Status: RepositoryStatus.Resolving } => new("queued", "idle", "Queued"),
            { Status: RepositoryStatus.Preparing } => new("run", "run", "Reading existing issues"),
            { Status: RepositoryStatus.Copying } => new("run", "run", "Copying"),
            { Status: RepositoryStatus.Finishing } => new("run", "run", "Linking the copies"),
            { Status: RepositoryStatus.Completed } => new("ok", "ok", "Completed"),
            { Status: RepositoryStatus.CompletedWithFailures } => new("warn", "warn", "Completed with failures"),
            { Status: RepositoryStatus.Failed } => new("bad", "bad", "Failed"),
            { Status: RepositoryStatus.SameAsAnother } => new("skipped", "idle", "Same as another"),
            _ => new("cancelled", "idle", "Cancelled"),
        };

    /// <summary>The wait of a migration: its own, or that of its repositories when all that have not ended wait.</summary>
    public static (DateTimeOffset Until, Failure? Failure)? WaitOf(MigrationView view)
    {
        if (view.WaitingUntil is { } own)
        {
            return (own, view.Failure);
        }

        var open = (view.Repositories ?? []).Where(row => row is { Status: < RepositoryStatus.Completed, IsPaused: false }).ToList();
        return open.Count > 0 && open.All(row => row.WaitingUntil is not null) && open.MinBy(row => row.WaitingUntil) is { } first
            ? (first.WaitingUntil!.Value, first.Failure)
            : null;
    }

    /// <summary>A failure's message in one line, without the full stop; null for none.</summary>
    public static string? Message(Failure? failure) => failure is null ? null : VisibleText.Line(failure.Message).TrimEnd('.');

    static ShownState Waiting(DateTimeOffset until, Failure? failure) =>
        new("wait", "wait", "Waiting") { Until = until, Reason = Message(failure) };

    static string? ReasonOf(MigrationView view, InterventionKind kind) =>
        view.Interventions.LastOrDefault(intervention => intervention.Kind == kind)?.Reason is { } reason ? VisibleText.Line(reason) : null;

    static string? AfterRetry(MigrationView view) =>
        view.Interventions.Any(intervention => intervention.Kind == InterventionKind.Retry) ? "After a retry" : null;
}
