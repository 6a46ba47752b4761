using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Sagas;

namespace Monarch.Bridge.Intake;

/// <summary>The state of a migration before its saga has published one.</summary>
static class QueuedBatch
{
    const int MaxFaultsShown = 5;

    public static BatchProgressed From(Guid batchId, MigrationRequest request, DateTimeOffset requestedAt) =>
        new()
        {
            BatchId = batchId,
            Version = 0,
            Status = BatchStatus.Queued,
            Source = request.Source,
            NotificationChannel = request.NotificationChannel,
            RequestedAt = requestedAt,
            TargetCount = request.Targets.Count,
            TargetsEnded = 0,
            Copy = request.Copy,
            TraceId = TraceParent.TraceId(request.TraceParent),
            Targets =
            [
                .. request.Targets.Select(
                    (name, index) =>
                        new TargetProgress
                        {
                            Index = index,
                            Requested = name,
                            Status = RepositoryStatus.Resolving,
                        }
                ),
            ],
        };

    /// <summary>
    /// An accepted migration that another Bridge, with other settings, refuses to send. Any state of its saga replaces this one.
    /// </summary>
    public static BatchProgressed Refused(MigrationView accepted, IReadOnlyList<RequestFault> faults, DateTimeOffset now) =>
        new()
        {
            BatchId = accepted.Id,
            Version = 0,
            Status = BatchStatus.Failed,
            Source = accepted.Source,
            NotificationChannel = accepted.NotificationChannel,
            RequestedAt = accepted.RequestedAt,
            EndedAt = now,
            TargetCount = accepted.RepositoryCount,
            TargetsEnded = accepted.RepositoryCount,
            Copy = accepted.Copy,
            TraceId = accepted.TraceId,
            Failure = new()
            {
                Kind = FailureKind.RefusedTarget,
                Message =
                    "The request was accepted and then refused by a Bridge with other settings: "
                    + string.Join(' ', faults.Take(MaxFaultsShown)),
                Remedy = "Give all Bridges the same settings (MONARCH_ALLOWED_OWNERS, GITHUB_API_URL), and request it again.",
            },
            Targets =
            [
                .. accepted.Repositories!.Select(
                    (target, index) =>
                        new TargetProgress
                        {
                            Index = index,
                            Requested = target.Requested,
                            Status = RepositoryStatus.Failed,
                        }
                ),
            ],
        };
}
