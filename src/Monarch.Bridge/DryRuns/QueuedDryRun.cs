using Monarch.Bridge.Intake;
using Monarch.Contracts.DryRuns;

namespace Monarch.Bridge.DryRuns;

/// <summary>The messages of a dry run before its saga has published one.</summary>
static class QueuedDryRun
{
    public static StartDryRun Start(Guid dryRunId, MigrationRequest request, DateTimeOffset requestedAt) =>
        new()
        {
            DryRunId = dryRunId,
            Source = request.Source,
            Targets = request.Targets,
            RequestedAt = requestedAt,
            Recreate = request.Recreate,
            Copy = request.Copy,
        };

    public static DryRunProgressed Queued(this StartDryRun start) =>
        new()
        {
            DryRunId = start.DryRunId,
            Version = 0,
            Status = DryRunStatus.Queued,
            Source = start.Source,
            RequestedAt = start.RequestedAt,
            Recreate = start.Recreate,
            Copy = start.Copy,
            TargetCount = start.Targets.Count,
            Targets =
            [
                .. start.Targets.Select(
                    (name, index) =>
                        new DryRunTarget
                        {
                            Index = index,
                            Requested = name,
                            Status = DryRunTargetStatus.Checking,
                        }
                ),
            ],
        };
}
