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
    };

    public static CreateIssues CreateIssues(this RepositoryMigrationState saga, Guid commandId) => new()
    {
        PairId = saga.CorrelationId,
        CommandId = commandId,
        SourceRepositoryId = saga.SourceRepositoryId,
        SourceFullName = saga.SourceFullName,
        TargetRepositoryId = saga.TargetRepositoryId,
        TargetFullName = saga.TargetFullName,
        SnapshotId = saga.SnapshotId,
        From = saga.Next,
    };

    public static RepositoryProgressed Progressed(this RepositoryMigrationState saga, Guid batchId, IReadOnlyList<RejectedIssue> rejected) => new()
    {
        BatchId = batchId,
        PairId = saga.CorrelationId,
        SourceRepositoryId = saga.SourceRepositoryId,
        TargetRepositoryId = saga.TargetRepositoryId,
        TargetFullName = saga.TargetFullName,
        // The version that it is about to be saved as.
        Version = saga.Version + 1,
        Status = saga.Status,
        Total = saga.Total,
        Created = saga.Created,
        AlreadyThere = Math.Max(0, saga.Found - saga.CreatedEarlier),
        Rejected = saga.Rejected,
        RejectedIssues = rejected,
        WaitingUntil = saga.WaitingUntil,
        Failure = saga.Failure,
    };

    public static RepositoryMigrationCompleted Completed(this RepositoryMigrationState saga, Guid batchId) => new()
    {
        BatchId = batchId,
        RunId = batchId,
        PairId = saga.CorrelationId,
        TargetRepositoryId = saga.TargetRepositoryId,
        TargetFullName = saga.TargetFullName,
        Status = saga.Status,
        Total = saga.Total,
        Created = saga.Created,
        AlreadyThere = Math.Max(0, saga.Found - saga.CreatedEarlier),
        Rejected = saga.Rejected,
        Failure = saga.Failure,
    };
}
