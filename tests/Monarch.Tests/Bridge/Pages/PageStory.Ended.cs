using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Bridge.Pages;

/// <content>Migrations that have ended.</content>
static partial class PageStory
{
    static async Task EndWithFailuresAsync(IStatusStore store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Source = "nutshell";
        var targets = Enumerable
            .Range(0, 24)
            .Select(index =>
                Found(Source, index) with
                {
                    Status = index is 1 or 8 or 20 ? RepositoryStatus.CompletedWithFailures : RepositoryStatus.Completed,
                    Total = 30,
                    Created = index is 1 or 8 or 20 ? 28 : 30,
                    AlreadyThere = 0,
                    Rejected = index is 1 or 8 or 20 ? 2 : 0,
                }
            )
            .ToList();
        var batch = Ended(6, Source, 24, BatchStatus.CompletedWithFailures, now.AddHours(-5.1), TimeSpan.FromMinutes(67)) with
        {
            Targets = targets,
            TargetsEnded = 24,
            Copy = new()
            {
                Types = false,
                Issues = new() { Milestone = "Sprint 1" },
            },
        };
        await store.ApplyAsync(batch, cancellationToken);
        foreach (var target in targets)
        {
            await store.ApplyAsync(
                Progress(batch.BatchId, target, target.Status, target.Created!.Value) with
                {
                    Rejected = target.Rejected!.Value,
                    RejectedIssues =
                        target.Rejected > 0
                            ? [Rejected(17, "Seed the database"), Rejected(23, "<script>alert('README')</script> in the README")]
                            : [],
                    Notes =
                    [
                        new()
                        {
                            Number = 10,
                            Kind = NoteKind.Dropped,
                            Field = "assignees",
                            Message = "sbrownlee cannot be assigned here. Add the person to the repository.",
                        },
                        new()
                        {
                            Number = 11,
                            Kind = NoteKind.Dropped,
                            Field = "assignees",
                            Message = "sbrownlee cannot be assigned here. Add the person to the repository.",
                        },
                        new()
                        {
                            Number = 12,
                            Kind = NoteKind.Converted,
                            Field = "sub-issues",
                            Message = "This server has no sub-issues: they became a task list.",
                        },
                        new()
                        {
                            Number = 0,
                            Kind = NoteKind.Dropped,
                            Field = "milestone",
                            Message = "“Sprint 1” exists with another due date, which was kept.",
                        },
                    ],
                },
                cancellationToken
            );
        }
    }

    static async Task CompleteAsync(
        IStatusStore store,
        int number,
        string source,
        int targets,
        int issues,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var ended = Enumerable
            .Range(0, targets)
            .Select(index =>
                Found(source, index) with
                {
                    Status = RepositoryStatus.Completed,
                    Total = issues,
                    Created = issues,
                    AlreadyThere = 0,
                    Rejected = 0,
                }
            )
            .ToList();
        await store.ApplyAsync(
            Ended(number, source, targets, BatchStatus.Completed, at, TimeSpan.FromMinutes(8.5)) with
            {
                IssueCount = issues,
                Targets = ended,
                TargetsEnded = targets,
                Interventions =
                    number == 12
                        ?
                        [
                            new()
                            {
                                Kind = InterventionKind.Retry,
                                At = at.AddMinutes(4),
                                Reason = "the token may write now",
                            },
                        ]
                        : [],
            },
            cancellationToken
        );
    }

    static async Task CancelAsync(IStatusStore store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Source = "mvp-planner";
        var at = now.AddHours(-22.4);
        var targets = Enumerable
            .Range(0, 22)
            .Select(index =>
                Found(Source, index) with
                {
                    Status = RepositoryStatus.Cancelled,
                    Total = 22,
                    Created = 6,
                    AlreadyThere = 0,
                    Rejected = 0,
                }
            )
            .ToList();
        await store.ApplyAsync(
            Ended(10, Source, 22, BatchStatus.Cancelled, at, TimeSpan.FromMinutes(3.4)) with
            {
                IssueCount = 22,
                Targets = targets,
                TargetsEnded = 22,
                Interventions =
                [
                    new()
                    {
                        Kind = InterventionKind.Cancel,
                        At = at.AddMinutes(3),
                        Reason = "wrong cohort",
                    },
                ],
            },
            cancellationToken
        );
    }
}
