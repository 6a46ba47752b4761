using System.Globalization;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Bridge.Pages;

/// <summary>The migrations of an afternoon, in every state that a page shows.</summary>
static class PageStory
{
    const string Owner = "nss-group-projects";
    const string Cohort = "nss-cohort-71";
    const string Account = "user:9919";

    static readonly string[] Animals =
    [
        "axolotls",
        "badgers",
        "bison",
        "caracals",
        "condors",
        "coyotes",
        "dolphins",
        "egrets",
        "falcons",
        "ferrets",
        "foxes",
        "geckos",
        "gibbons",
        "hares",
        "herons",
        "ibexes",
        "jackals",
        "jaguars",
        "kestrels",
        "kiwis",
        "lemurs",
        "lynxes",
        "macaws",
        "martens",
        "narwhals",
        "ocelots",
        "orcas",
        "otters",
        "pandas",
        "pelicans",
        "quails",
        "ravens",
        "salamanders",
        "sparrows",
        "tapirs",
        "terns",
        "toucans",
        "voles",
        "wombats",
        "zebras",
    ];

    static readonly Failure HourlyLimit = new() { Kind = FailureKind.Throttled, Message = "GitHub's hourly limit" };

    static readonly Failure IssuesOff = new()
    {
        Kind = FailureKind.RefusedTarget,
        Message = $"Issues are turned off in {Cohort}/cider-falls-lynxes.",
        Remedy = "Turn on Issues in the repository's settings, then retry.",
    };

    static readonly Failure NotFound = new()
    {
        Kind = FailureKind.RefusedTarget,
        Message = $"GitHub does not find {Owner}/honey-rae-repair.",
        Remedy = "Check the name, and that the token may read the repository.",
        Status = 404,
    };

    static readonly Failure TooLong = new()
    {
        Kind = FailureKind.RejectedIssue,
        Message = "Validation Failed: title is too long (maximum is 256 characters)",
        Remedy = "Correct the issue in the source, then migrate again; only missing issues are created.",
        Status = 422,
    };

    /// <summary>The migration that waits and has failures already.</summary>
    public static Guid Waiting { get; } = Id(1);

    /// <summary>The migration that runs.</summary>
    public static Guid Running { get; } = Id(2);

    /// <summary>The migration that is paused.</summary>
    public static Guid Paused { get; } = Id(5);

    /// <summary>The migration that ended with failures.</summary>
    public static Guid WithFailures { get; } = Id(6);

    /// <summary>The migration that failed as a whole.</summary>
    public static Guid Failed { get; } = Id(7);

    /// <summary>The migration that completed.</summary>
    public static Guid Completed { get; } = Id(8);

    public static async Task SeedAsync(IStatusStore store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await WaitAsync(store, now, cancellationToken);
        await RunAsync(store, now, cancellationToken);
        await store.ApplyAsync(
            Batch(3, "nutshell-redux", 9, BatchStatus.ReadingSource, now.AddSeconds(-7)) with
            {
                IssueCount = null,
            },
            cancellationToken
        );
        await store.ApplyAsync(
            Batch(4, "pizza-shop", 6, BatchStatus.Queued, now.AddSeconds(-2)) with
            {
                IssueCount = null,
                NotificationChannel = null,
            },
            cancellationToken
        );
        await PauseAsync(store, now, cancellationToken);
        await EndWithFailuresAsync(store, now, cancellationToken);
        await store.ApplyAsync(
            Ended(7, "honey-rae-repair", 18, BatchStatus.Failed, now.AddHours(-5.3), TimeSpan.FromSeconds(2)) with
            {
                IssueCount = null,
                NotificationChannel = null,
                Failure = NotFound,
                Targets =
                [
                    .. Enumerable
                        .Range(0, 18)
                        .Select(index => Target("honey-rae-repair", index) with { Status = RepositoryStatus.Failed, Failure = NotFound }),
                ],
            },
            cancellationToken
        );
        await CompleteAsync(store, 8, "kneel-diamonds", 18, 25, now.AddHours(-5.7), cancellationToken);
        await store.ApplyAsync(
            Ended(9, "shepherds-pies", 12, BatchStatus.Skipped, now.AddHours(-22), TimeSpan.FromSeconds(2)) with
            {
                IssueCount = 0,
            },
            cancellationToken
        );
        await CancelAsync(store, now, cancellationToken);
        await CompleteAsync(store, 11, "daily-journal", 31, 20, now.AddDays(-4), cancellationToken);
        await CompleteAsync(store, 12, "rare-template", 6, 22, now.AddDays(-5), cancellationToken);
    }

    public static async Task SeedAsync(ICredentialViews credentials, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await credentials.SetAsync(
            new(
                new()
                {
                    Name = "token 5f1c7a90",
                    Account = Account,
                    Login = "nss-monarch",
                    Status = CredentialStatus.Working,
                    Since = now.AddDays(-2),
                    ReportedAt = now.AddSeconds(-9),
                    Budget = new()
                    {
                        CreatesPerMinute = 80,
                        CreatesPerHour = 500,
                        Pace = 60,
                        HourlyPace = 500,
                        UsedThisMinute = 0,
                        UsedThisHour = 500,
                        RequestsAtOnce = 20,
                        RequestsLeft = 3_412,
                        ClosedUntil = now.AddSeconds(630),
                        ClosedBecause = "GitHub's hourly limit",
                    },
                }
            ),
            cancellationToken
        );
        await credentials.SetAsync(
            new(
                new()
                {
                    Name = "token c02ee117",
                    Login = "old-bot",
                    Status = CredentialStatus.Parked,
                    Since = now.AddHours(-3),
                    RetryAt = now.AddMinutes(12),
                    ReportedAt = now.AddSeconds(-9),
                    Failure = new()
                    {
                        Kind = FailureKind.Unauthorised,
                        Message = "Bad credentials",
                        Remedy = "Replace the token: it is invalid, expired or revoked. Its work is paused until then.",
                        Status = 401,
                    },
                }
            ),
            cancellationToken
        );
    }

    public static async Task SeedAsync(IRejectionStore rejections, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await rejections.AddAsync(
            new(
                now.AddMinutes(-50),
                "channel_migrate_issue_tickets",
                ["source_repo is missing: give the template repository as owner/name."],
                """{"all_target_repositories": ["nss-cohort-71/rare-foxes"]}"""
            ),
            cancellationToken
        );
        await rejections.AddAsync(
            new(
                now.AddMinutes(-4),
                "POST /api/migrations",
                ["The message cannot be read as JSON, it is a form: send {\"source_repo\": …, \"all_target_repositories\": […]}."],
                "source_repo=nss-group-projects%2Frare&all_target_repositories=nss-cohort-71%2Frare-foxes"
            ),
            cancellationToken
        );
    }

    public static BatchProgressed Batch(int number, string source, int targets, BatchStatus status, DateTimeOffset requestedAt) =>
        new()
        {
            BatchId = Id(number),
            Version = 1,
            Status = status,
            Source = $"{Owner}/{source}",
            NotificationChannel = number % 3 == 0 ? "C05TRM71Q0A" : "C06GHMZB3M3",
            RequestedAt = requestedAt,
            IssueCount = 30,
            TargetCount = targets,
            TargetsEnded = 0,
            Targets = [.. Enumerable.Range(0, targets).Select(index => Target(source, index))],
        };

    public static TargetProgress Target(string source, int index) =>
        new()
        {
            Index = index,
            Requested = $"{Cohort}/{source}-{Animals[index % Animals.Length]}",
            Status = RepositoryStatus.Resolving,
        };

    public static Guid Id(int number) => new(string.Create(CultureInfo.InvariantCulture, $"019ac4de-55c2-7a3f-9d1e-3f9c1b7e{number:x4}"));

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

    static BatchProgressed Ended(int number, string source, int targets, BatchStatus status, DateTimeOffset at, TimeSpan lasted) =>
        Batch(number, source, targets, status, at) with
        {
            EndedAt = at + lasted,
            TargetsEnded = targets,
        };

    static TargetProgress Found(string source, int index)
    {
        var target = Target(source, index);
        return target with { Status = RepositoryStatus.Preparing, RepositoryId = 5_000 + index, FullName = target.Requested };
    }

    static RepositoryProgressed Progress(Guid batch, TargetProgress target, RepositoryStatus status, int created) =>
        new()
        {
            BatchId = batch,
            RepositoryMigrationId = Guid.Empty,
            SourceRepositoryId = 1,
            TargetRepositoryId = target.RepositoryId!.Value,
            TargetFullName = target.FullName!,
            Version = 1,
            Status = status,
            Total = 30,
            Created = created,
            AlreadyThere = 0,
            Rejected = 0,
            RejectedIssues = [],
            Account = Account,
        };

    static RejectedIssue Rejected(int number, string title) =>
        new()
        {
            Number = number,
            Title = title,
            Failure = TooLong,
        };
}
