using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;

namespace Monarch.Workers.Migrations.Repositories;

/// <summary>What a pair says, made from its state alone, so that it can be said again.</summary>
static class RepositoryMigrationMessages
{
    public static PrepareTarget PrepareTarget(this RepositoryMigrationState saga, Guid commandId) => new()
    {
        PairId = saga.CorrelationId,
        CommandId = commandId,
        SourceRepositoryId = saga.SourceRepositoryId,
        TargetRepositoryId = saga.TargetRepositoryId,
        TargetFullName = saga.TargetFullName,
        Recreate = saga.Walk.Recreate,
        Place = saga.Place,
    };

    public static CreateIssues CreateIssues(this RepositoryMigrationState saga, Guid commandId) => new()
    {
        PairId = saga.CorrelationId,
        CommandId = commandId,
        SourceRepositoryId = saga.SourceRepositoryId,
        SourceFullName = saga.SourceFullName,
        TargetRepositoryId = saga.TargetRepositoryId,
        TargetFullName = saga.TargetFullName,
        SnapshotId = saga.Walk.SnapshotId,
        From = saga.Next,
        WalkId = saga.Walk.Id,
        IsLastTry = saga.IsLastTry,
    };

    public static RepositoryProgressed Progressed(this RepositoryMigrationState saga, Guid batchId, IReadOnlyList<RejectedIssue> rejected) => new()
    {
        BatchId = batchId,
        PairId = saga.CorrelationId,
        SourceRepositoryId = saga.SourceRepositoryId,
        TargetRepositoryId = saga.TargetRepositoryId,
        TargetFullName = saga.TargetFullName,
        Version = saga.Said,
        Status = saga.Status,
        Total = saga.Walk.IssueCount,
        Created = saga.Created,
        AlreadyThere = saga.AlreadyThere(),
        Rejected = saga.Rejected,
        RejectedIssues = rejected,
        WaitingUntil = saga.WaitingUntil,
        IsPaused = saga.EndedAt is null && saga.Wanted() == Directive.Pause,
        Account = saga.Account,
        Failure = saga.Failure,
    };

    public static RepositoryMigrationCompleted Completed(this RepositoryMigrationState saga, WaitingRun run, RepositoryStatus status) => new()
    {
        BatchId = run.BatchId,
        RunId = run.RunId,
        PairId = saga.CorrelationId,
        TargetRepositoryId = saga.TargetRepositoryId,
        TargetFullName = saga.TargetFullName,
        Status = status,
        Total = saga.Walk.IssueCount,
        Created = saga.Created,
        AlreadyThere = saga.AlreadyThere(),
        Rejected = saga.Rejected,
        WalkId = saga.Walk.Id,
        Failure = status == RepositoryStatus.Cancelled ? null : saga.Failure,
    };
}
