using Monarch.Bridge.Requests;
using Monarch.Contracts.Migrations;
using Monarch.Redis;

namespace Monarch.Bridge.Intake;

/// <summary>What is shown of a batch before its saga has said anything.</summary>
static class QueuedBatch
{
    public static BatchProgressed From(Guid batchId, MigrationRequest request, DateTimeOffset requestedAt) => new()
    {
        BatchId = batchId,
        Version = 0,
        Status = BatchStatus.Queued,
        Source = request.Source,
        NotificationChannel = request.NotificationChannel,
        RequestedAt = requestedAt,
        TargetCount = request.Targets.Count,
        TargetsEnded = 0,
        TraceId = TraceParent.TraceId(request.TraceParent),
        Targets = [.. request.Targets.Select((name, index) => new TargetProgress { Index = index, Requested = name, Status = RepositoryStatus.Resolving })],
    };
}
