using Monarch.Bridge.DryRuns;
using Monarch.Contracts.DryRuns;
using Monarch.Hosting;

namespace Monarch.Cli.Display;

/// <summary>The state of a dry run in words.</summary>
static class DryRunWording
{
    public static string InWords(this DryRunRepositoryView repository) =>
        repository.Status switch
        {
            DryRunTargetStatus.Checking when repository.WaitingUntil is { } until => ProgressWording.Waiting(
                until,
                repository.Failure?.Message
            ),
            DryRunTargetStatus.Checking => "being checked",
            DryRunTargetStatus.Checked when repository.Plan is { Rejected.Count: > 0 } plan =>
                $"ready, {Count.Of(plan.Rejected.Count, "issue")} cannot be copied",
            DryRunTargetStatus.Checked when repository.Plan is { Notes.Count: > 0 } => "ready, with warnings",
            DryRunTargetStatus.Checked => "ready",
            DryRunTargetStatus.Refused => "would be refused",
            DryRunTargetStatus.SameAsAnother => "the same repository as another one",
            _ => "not checked",
        };

    /// <summary>Whether a migration would not copy everything.</summary>
    public static bool HasProblems(this DryRunView view) =>
        view.Status != DryRunStatus.Completed
        || view.Repositories.Any(repository =>
            repository.Status is DryRunTargetStatus.Refused or DryRunTargetStatus.NotChecked || repository.Plan is { Rejected.Count: > 0 }
        );
}
