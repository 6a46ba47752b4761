using Monarch.Contracts.DryRuns;
using Monarch.Contracts.GitHub;

namespace Monarch.Workers.Migrations.DryRuns;

/// <summary>The messages of a dry run, made from its state alone, so that they can be sent again.</summary>
static class DryRunMessages
{
    public static ReadSourceIssues ReadSourceIssues(this DryRunState saga) =>
        new()
        {
            BatchId = saga.CorrelationId,
            CommandId = saga.Outstanding!.CommandId,
            Source = saga.Source,
            Copy = saga.Copy,
        };

    public static PlanTarget PlanTarget(this DryRunState saga, DryRunTargetState target) =>
        new()
        {
            DryRunId = saga.CorrelationId,
            TargetIndex = saga.Targets.IndexOf(target),
            Target = target.Requested,
            SourceRepositoryId = saga.SourceRepositoryId,
            SourceFullName = saga.Source,
            SnapshotId = saga.SnapshotId,
            Recreate = saga.Recreate,
            Copy = saga.Copy,
        };

    /// <param name="saga">The dry run.</param>
    /// <param name="changed">The targets that changed.</param>
    /// <param name="plan">The plan of the only one of them; null for none.</param>
    public static DryRunProgressed Progressed(this DryRunState saga, IEnumerable<DryRunTargetState> changed, TargetPlan? plan) =>
        new()
        {
            DryRunId = saga.CorrelationId,
            Version = saga.EventVersion,
            Status = saga.Status,
            Source = saga.Source,
            RequestedAt = saga.RequestedAt,
            EndedAt = saga.EndedAt,
            Recreate = saga.Recreate,
            Copy = saga.Copy,
            IssueCount = saga.IssueCount,
            TargetCount = saga.Targets.Count,
            WaitingUntil = saga.WaitingUntil,
            Failure = saga.Failure,
            Targets =
            [
                .. changed.Select(target => new DryRunTarget
                {
                    Index = saga.Targets.IndexOf(target),
                    Requested = target.Requested,
                    Status = target.Status,
                    WaitingUntil = target.RetryAt,
                    Failure = target.Failure,
                    Plan = target.Status == DryRunTargetStatus.Checked ? plan : null,
                }),
            ],
        };
}
