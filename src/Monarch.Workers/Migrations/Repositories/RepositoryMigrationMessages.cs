using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>The messages of a repository migration, made from its state alone, so that they can be sent again.</summary>
static class RepositoryMigrationMessages
{
    public static PrepareTarget PrepareTarget(this RepositoryMigrationState saga, Guid commandId) =>
        new()
        {
            RepositoryMigrationId = saga.CorrelationId,
            CommandId = commandId,
            SourceRepositoryId = saga.SourceRepositoryId,
            TargetRepositoryId = saga.TargetRepositoryId,
            TargetFullName = saga.TargetFullName,
            Recreate = saga.Pass.Recreate,
            SnapshotId = saga.Pass.SnapshotId,
            Copy = saga.Pass.Copy,
            Place = saga.Place,
        };

    public static CreateIssues CreateIssues(this RepositoryMigrationState saga, Guid commandId) =>
        new()
        {
            RepositoryMigrationId = saga.CorrelationId,
            CommandId = commandId,
            SourceRepositoryId = saga.SourceRepositoryId,
            SourceFullName = saga.SourceFullName,
            TargetRepositoryId = saga.TargetRepositoryId,
            TargetFullName = saga.TargetFullName,
            SnapshotId = saga.Pass.SnapshotId,
            From = saga.Next,
            PassId = saga.Pass.Id,
            IsLastTry = saga.IsLastTry,
            Copy = saga.Pass.Copy,
        };

    public static FinishIssues FinishIssues(this RepositoryMigrationState saga, Guid commandId) =>
        new()
        {
            RepositoryMigrationId = saga.CorrelationId,
            CommandId = commandId,
            SourceRepositoryId = saga.SourceRepositoryId,
            SourceFullName = saga.SourceFullName,
            TargetRepositoryId = saga.TargetRepositoryId,
            TargetFullName = saga.TargetFullName,
            SnapshotId = saga.Pass.SnapshotId,
            From = saga.NextToFinish,
            PassId = saga.Pass.Id,
            IsLastTry = saga.IsLastTry,
            Copy = saga.Pass.Copy,
        };

    public static RepositoryProgressed Progressed(
        this RepositoryMigrationState saga,
        Guid batchId,
        IReadOnlyList<RejectedIssue> rejected,
        IReadOnlyList<IssueNote>? notes
    ) =>
        new()
        {
            BatchId = batchId,
            RepositoryMigrationId = saga.CorrelationId,
            SourceRepositoryId = saga.SourceRepositoryId,
            TargetRepositoryId = saga.TargetRepositoryId,
            TargetFullName = saga.TargetFullName,
            Version = saga.EventVersion,
            Status = saga.Status,
            Total = saga.Pass.IssueCount,
            Created = saga.Created,
            AlreadyThere = saga.AlreadyThere(),
            Rejected = saga.Rejected,
            RejectedIssues = rejected,
            Notes = notes,
            WaitingUntil = saga.WaitingUntil,
            IsPaused = saga.EndedAt is null && saga.EffectiveDirective() == Directive.Pause,
            Account = saga.Account,
            Failure = saga.Failure,
        };

    public static RepositoryMigrationCompleted Completed(this RepositoryMigrationState saga, WaitingRun run, RepositoryStatus status) =>
        new()
        {
            BatchId = run.BatchId,
            RunId = run.RunId,
            RepositoryMigrationId = saga.CorrelationId,
            TargetRepositoryId = saga.TargetRepositoryId,
            TargetFullName = saga.TargetFullName,
            Status = status,
            Total = saga.Pass.IssueCount,
            Created = saga.Created,
            AlreadyThere = saga.AlreadyThere(),
            Rejected = saga.Rejected,
            PassId = saga.Pass.Id,
            Failure = status == RepositoryStatus.Cancelled ? null : saga.Failure,
        };
}
