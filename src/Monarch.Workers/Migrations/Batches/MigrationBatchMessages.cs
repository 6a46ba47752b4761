using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Sagas;
using Monarch.Workers.Migrations.Repositories;

namespace Monarch.Workers.Migrations.Batches;

/// <summary>The messages of a migration, made from its state alone, so that they can be sent again.</summary>
static class MigrationBatchMessages
{
    public static BatchAccepted Accepted(this MigrationBatchState saga) => new() { BatchId = saga.CorrelationId, IntakeId = saga.IntakeId };

    public static ReadSourceIssues ReadSourceIssues(this MigrationBatchState saga) =>
        new()
        {
            BatchId = saga.CorrelationId,
            CommandId = saga.Outstanding!.CommandId,
            Source = saga.Source,
            Copy = saga.Copy,
        };

    public static ResolveTarget ResolveTarget(this MigrationBatchState saga, BatchTarget target) =>
        new()
        {
            BatchId = saga.CorrelationId,
            TargetIndex = saga.Targets.IndexOf(target),
            Target = target.Requested,
        };

    public static MigrateRepository MigrateRepository(this MigrationBatchState saga, BatchTarget target) =>
        new()
        {
            RepositoryMigrationId = RepositoryMigrationId.For(saga.SourceRepositoryId, target.RepositoryId!.Value),
            BatchId = saga.CorrelationId,
            RunId = saga.RunId,
            Directive = saga.Directive,
            BatchVersion = saga.EventVersion,
            SourceRepositoryId = saga.SourceRepositoryId,
            SourceFullName = saga.Source,
            TargetRepositoryId = target.RepositoryId.Value,
            TargetFullName = target.FullName!,
            SnapshotId = saga.SnapshotId,
            SnapshotReadAt = saga.SnapshotReadAt,
            IssueCount = saga.IssueCount!.Value,
            NeedsFinishing = saga.NeedsFinishing,
            Recreate = saga.Recreate,
            Copy = saga.Copy,
        };

    public static BatchProgressed Progressed(this MigrationBatchState saga, IEnumerable<BatchTarget> changed) =>
        new()
        {
            BatchId = saga.CorrelationId,
            Version = saga.EventVersion,
            Status = saga.Status,
            Source = saga.Source,
            NotificationChannel = saga.NotificationChannel,
            RequestedAt = saga.RequestedAt,
            Copy = saga.Copy,
            EndedAt = saga.EndedAt,
            IssueCount = saga.IssueCount,
            TargetCount = saga.Targets.Count,
            TargetsEnded = saga.Targets.Count(t => t.IsEnded()),
            WaitingUntil = saga.WaitingUntil,
            IsPaused = saga.EndedAt is null && saga.Directive == Directive.Pause,
            Interventions = saga.Interventions,
            TraceId = TraceParent.TraceId(saga.TraceParent),
            Failure = saga.Failure,
            Targets = [.. changed.Select(t => t.Progress(saga.Targets.IndexOf(t)))],
        };

    static TargetProgress Progress(this BatchTarget target, int index) =>
        new()
        {
            Index = index,
            Requested = target.Requested,
            FullName = target.FullName,
            RepositoryId = target.RepositoryId,
            Status = target.Status,
            Total = target.Total,
            Created = target.Created,
            AlreadyThere = target.AlreadyThere,
            Rejected = target.Rejected,
            PassId = target.PassId,
            WaitingUntil = target.RetryAt,
            Failure = target.Failure,
        };
}
