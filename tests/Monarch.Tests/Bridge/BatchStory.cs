using Monarch.Contracts;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Bridge;

/// <summary>
/// The events of a migration of four targets: one succeeds, one has two issues rejected, one is missing, one is a duplicate of the first.
/// </summary>
static class BatchStory
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<object> Events(Guid batch)
    {
        var gone = new Failure
        {
            Kind = FailureKind.RefusedTarget,
            Message = "Not Found",
            Remedy = "Check the name.",
            Status = 404,
        };
        var throttled = new Failure
        {
            Kind = FailureKind.Throttled,
            Message = "Slow down",
            RetryAt = Start.AddMinutes(2),
        };
        TargetProgress[] asked = [Asked(0, "teams/one"), Asked(1, "teams/two"), Asked(2, "teams/gone"), Asked(3, "teams/uno")];
        var one = Target(0, "teams/one", RepositoryStatus.Preparing, 101, "Teams/One");
        var two = Target(1, "teams/two", RepositoryStatus.Preparing, 102, "Teams/Two");
        var refused = asked[2] with { Status = RepositoryStatus.Failed, Failure = gone };
        var again = Target(3, "teams/uno", RepositoryStatus.SameAsAnother, 101, "Teams/One");
        var oneEnded = one with { Status = RepositoryStatus.Completed, Total = 12, Created = 9, AlreadyThere = 3, Rejected = 0 };
        var twoEnded = two with
        {
            Status = RepositoryStatus.CompletedWithFailures,
            Total = 12,
            Created = 10,
            AlreadyThere = 0,
            Rejected = 2,
        };
        return
        [
            Batch(batch, 0, BatchStatus.Queued, asked) with
            {
                Source = "school/template",
                IssueCount = null,
            },
            Batch(batch, 1, BatchStatus.ReadingSource, asked) with
            {
                Source = "school/template",
                IssueCount = null,
            },
            Batch(batch, 2, BatchStatus.ReadingSource) with
            {
                Source = "school/template",
                IssueCount = null,
                WaitingUntil = Start.AddMinutes(2),
                Failure = throttled,
            },
            Batch(batch, 3, BatchStatus.Migrating),
            Batch(batch, 4, BatchStatus.Migrating, one),
            RepositoryProgress(batch, 101, 1, RepositoryStatus.Preparing, created: 0),
            Batch(batch, 5, BatchStatus.Migrating, two),
            Batch(batch, 6, BatchStatus.Migrating, refused) with
            {
                TargetsEnded = 1,
            },
            Batch(batch, 7, BatchStatus.Migrating, again) with
            {
                TargetsEnded = 2,
            },
            RepositoryProgress(batch, 102, 41, RepositoryStatus.Preparing, created: 0),
            RepositoryProgress(batch, 101, 2, RepositoryStatus.Copying, created: 4),
            RepositoryProgress(batch, 102, 42, RepositoryStatus.Copying, created: 3) with
            {
                Rejected = 1,
                RejectedIssues = [Issue(4, "Fourth")],
            },
            RepositoryProgress(batch, 101, 3, RepositoryStatus.Copying, created: 4) with
            {
                WaitingUntil = Start.AddMinutes(2),
                Failure = throttled,
            },
            RepositoryProgress(batch, 102, 43, RepositoryStatus.CompletedWithFailures, created: 10) with
            {
                Rejected = 2,
                RejectedIssues = [Issue(4, "Fourth"), Issue(11, "Eleventh")],
            },
            Batch(batch, 8, BatchStatus.Migrating, twoEnded) with
            {
                TargetsEnded = 3,
            },
            RepositoryProgress(batch, 101, 4, RepositoryStatus.Completed, created: 9) with
            {
                AlreadyThere = 3,
            },
            Batch(batch, 9, BatchStatus.CompletedWithFailures, oneEnded, twoEnded, refused, again) with
            {
                TargetsEnded = 4,
                EndedAt = Start.AddMinutes(3),
            },
        ];
    }

    public static BatchProgressed Batch(Guid batch, int version, BatchStatus status, params TargetProgress[] targets) =>
        new()
        {
            BatchId = batch,
            Version = version,
            Status = status,
            Source = "School/Template",
            NotificationChannel = "C06GHMZB3M3",
            RequestedAt = Start,
            IssueCount = 12,
            TargetCount = 4,
            TargetsEnded = 0,
            Targets = targets,
        };

    public static TargetProgress Target(int index, string requested, RepositoryStatus status, long? id = null, string? fullName = null) =>
        new()
        {
            Index = index,
            Requested = requested,
            Status = status,
            RepositoryId = id,
            FullName = fullName,
        };

    public static RepositoryProgressed RepositoryProgress(Guid batch, long target, int version, RepositoryStatus status, int created) =>
        new()
        {
            BatchId = batch,
            RepositoryMigrationId = Guid.Empty,
            SourceRepositoryId = 1,
            TargetRepositoryId = target,
            TargetFullName = target == 101 ? "Teams/One" : "Teams/Two",
            Version = version,
            Status = status,
            Total = 12,
            Created = created,
            AlreadyThere = 0,
            Rejected = 0,
            RejectedIssues = [],
        };

    static TargetProgress Asked(int index, string requested) => Target(index, requested, RepositoryStatus.Resolving);

    static RejectedIssue Issue(int number, string title) =>
        new()
        {
            Number = number,
            Title = title,
            Failure = new()
            {
                Kind = FailureKind.RejectedIssue,
                Message = "Validation failed",
                Status = 422,
            },
        };
}
