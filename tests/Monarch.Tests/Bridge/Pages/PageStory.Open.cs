using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Bridge.Pages;

/// <content>Migrations that have not ended.</content>
static partial class PageStory
{
    static async Task WaitAsync(IStatusStore store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Source = "cider-falls";
        var until = now.AddSeconds(630);
        var targets = Enumerable
            .Range(0, 40)
            .Select(index =>
                index switch
                {
                    3 => Found(Source, index) with
                    {
                        Status = RepositoryStatus.Completed,
                        Total = 30,
                        Created = 0,
                        AlreadyThere = 30,
                        Rejected = 0,
                    },
                    21 => Found(Source, index) with
                    {
                        Status = RepositoryStatus.Failed,
                        Total = 30,
                        Created = 0,
                        AlreadyThere = 0,
                        Failure = IssuesOff,
                    },
                    27 => Found(Source, index) with
                    {
                        Status = RepositoryStatus.Failed,
                        Total = 30,
                        Created = 0,
                        AlreadyThere = 0,
                        Failure = new()
                        {
                            Kind = FailureKind.RefusedTarget,
                            Message = $"{Cohort}/cider-falls-otters is archived, so it is read-only.",
                            Remedy = "Unarchive it in its settings, then retry.",
                        },
                    },
                    19 => Found(Source, index) with { Status = RepositoryStatus.SameAsAnother, RepositoryId = 5_018 },
                    _ => Found(Source, index),
                }
            )
            .ToList();
        var batch = Batch(1, Source, 40, BatchStatus.Migrating, now.AddMinutes(-50)) with
        {
            Targets = targets,
            TargetsEnded = 4,
            Interventions =
            [
                new()
                {
                    Kind = InterventionKind.Pause,
                    At = now.AddMinutes(-45),
                    Reason = "checking the dates of sprint 2",
                },
                new()
                {
                    Kind = InterventionKind.Resume,
                    At = now.AddMinutes(-43),
                    Reason = "dates are right now",
                },
            ],
        };
        await store.ApplyAsync(batch, cancellationToken);
        foreach (var target in targets.Where(target => target.Status == RepositoryStatus.Preparing))
        {
            var rejects = target.Index is 2 or 31 or 39;
            await store.ApplyAsync(
                Progress(batch.BatchId, target, RepositoryStatus.Copying, created: rejects ? 14 : 13) with
                {
                    WaitingUntil = until,
                    Failure = HourlyLimit,
                    Rejected = rejects ? 1 : 0,
                    RejectedIssues = rejects ? [Rejected(17, "Seed the database")] : [],
                },
                cancellationToken
            );
        }
    }

    static async Task RunAsync(IStatusStore store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Source = "rare";
        var targets = Enumerable.Range(0, 12).Select(index => Found(Source, index)).ToList();
        var batch = Batch(2, Source, 12, BatchStatus.Migrating, now.AddMinutes(-4.6)) with { IssueCount = 22, Targets = targets };
        await store.ApplyAsync(batch, cancellationToken);
        foreach (var target in targets)
        {
            await store.ApplyAsync(
                Progress(
                    batch.BatchId,
                    target,
                    target.Index < 10 ? RepositoryStatus.Copying : RepositoryStatus.Preparing,
                    created: target.Index < 10 ? 15 + (target.Index % 5) : 0
                ) with
                {
                    Total = 22,
                },
                cancellationToken
            );
        }
    }

    static async Task PauseAsync(IStatusStore store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Source = "brewed-awakenings";
        var targets = Enumerable.Range(0, 8).Select(index => Found(Source, index)).ToList();
        var batch = Batch(5, Source, 8, BatchStatus.Migrating, now.AddHours(-3.3)) with
        {
            IssueCount = 22,
            Targets = targets,
            IsPaused = true,
            Interventions =
            [
                new()
                {
                    Kind = InterventionKind.Pause,
                    At = now.AddHours(-3.2),
                    Reason = "due dates in the template are wrong",
                },
            ],
        };
        await store.ApplyAsync(batch, cancellationToken);
        foreach (var target in targets)
        {
            await store.ApplyAsync(
                Progress(batch.BatchId, target, RepositoryStatus.Copying, created: 12) with
                {
                    Total = 22,
                    IsPaused = true,
                },
                cancellationToken
            );
        }
    }
}
