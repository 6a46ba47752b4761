using Monarch.Contracts;
using Monarch.Contracts.Deployments;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Archive.Lifecycle;

/// <summary>Internal events, with free text that must not leave Monarch.</summary>
static class LifecycleExamples
{
    public const string FreeText = "free text";

    public static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, 123, TimeSpan.Zero);

    static readonly Guid Id = new("11111111-2222-3333-4444-555555555555");
    static readonly Failure Failure = new()
    {
        Kind = FailureKind.RefusedTarget,
        Message = FreeText,
        Remedy = FreeText,
    };

    public static BatchProgressed Accepted { get; } =
        new()
        {
            BatchId = Id,
            Version = 1,
            Status = BatchStatus.ReadingSource,
            Source = "school/template",
            NotificationChannel = FreeText,
            RequestedAt = Noon,
            TargetCount = 2,
            TargetsEnded = 0,
            Targets = [Target(0, RepositoryStatus.Resolving), Target(1, RepositoryStatus.Resolving)],
        };

    public static BatchProgressed Ended { get; } =
        Accepted with
        {
            Version = 9,
            Status = BatchStatus.CompletedWithFailures,
            EndedAt = Noon.AddMinutes(5),
            IssueCount = 3,
            TargetsEnded = 2,
            Interventions =
            [
                new()
                {
                    Kind = InterventionKind.Pause,
                    Reason = FreeText,
                    At = Noon.AddMinutes(1),
                },
            ],
            Targets =
            [
                Target(1, RepositoryStatus.Failed) with
                {
                    Failure = Failure,
                },
                Target(0, RepositoryStatus.Completed) with
                {
                    FullName = "school/Team-0",
                    RepositoryId = 7,
                    Total = 3,
                    Created = 2,
                    AlreadyThere = 1,
                    Rejected = 0,
                },
            ],
        };

    public static RepositoryMigrationCompleted Repository { get; } =
        new()
        {
            BatchId = Id,
            RunId = Id,
            RepositoryMigrationId = Id,
            TargetRepositoryId = 7,
            TargetFullName = "school/team-0",
            Status = RepositoryStatus.Failed,
            Total = 3,
            Created = 1,
            AlreadyThere = 0,
            Rejected = 0,
            Failure = Failure,
        };

    public static ServerProgressed Server { get; } =
        new()
        {
            ServerId = Id,
            Version = 5,
            Server = "beta.abc.wwts.com",
            Project = "ABC",
            Status = IssueStatus.Beta,
            State = ServerStatus.Deploying,
            ChangedAt = Noon.AddHours(2),
            Issues = [],
            Deployment = Deployment(4, started: true),
            Ended =
            [
                Deployment(3, started: true) with
                {
                    EndedAt = Noon.AddHours(1),
                    Outcome = DeploymentOutcome.Failed,
                    ExitCode = 2,
                    Reason = FreeText,
                    Output = [FreeText],
                },
                Deployment(2, started: false) with
                {
                    EndedAt = Noon.AddMinutes(30),
                    Outcome = DeploymentOutcome.Succeeded,
                },
                Deployment(1, started: true) with
                {
                    EndedAt = Noon.AddDays(-1),
                    Outcome = DeploymentOutcome.Succeeded,
                },
            ],
            Commands =
            [
                new()
                {
                    CommandId = Id,
                    Kind = SteeringKind.Hold,
                    Actor = "maria",
                    Reason = FreeText,
                    At = Noon,
                    Refusal = FreeText,
                },
                new()
                {
                    CommandId = Id,
                    Kind = SteeringKind.Hold,
                    Actor = "maria",
                    At = Noon.AddDays(-2),
                },
            ],
            SavedIntakeIds = [],
        };

    public static ServerProgressed Prepared { get; } =
        Server with
        {
            State = ServerStatus.Prepared,
            Deployment = Deployment(5, started: false),
            Ended = [],
            Commands = [],
        };

    static TargetProgress Target(int index, RepositoryStatus status) =>
        new()
        {
            Index = index,
            Requested = $"school/team-{index}",
            Status = status,
        };

    static DeploymentRecord Deployment(int number, bool started) =>
        new()
        {
            DeploymentId = new Guid($"00000000-0000-0000-0000-00000000000{number}"),
            Number = number,
            Issues = [new() { Number = 12, MovedAt = Noon }, new() { Number = 15, MovedAt = Noon }],
            RequestedAt = Noon.AddMinutes(number),
            Command = FreeText,
            StartedAt = started ? Noon.AddMinutes(number + 1) : null,
        };
}
