using System.Globalization;
using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;

namespace Monarch.Tests.Bridge.Pages;

/// <summary>The migrations of an afternoon, in every state that a page shows.</summary>
static partial class PageStory
{
    const string Owner = "nss-group-projects";
    const string Cohort = "nss-cohort-71";
    const string Account = "user:9919";

    static readonly string[] Animals = (
        "axolotls badgers bison caracals condors coyotes dolphins egrets falcons ferrets "
        + "foxes geckos gibbons hares herons ibexes jackals jaguars kestrels kiwis "
        + "lemurs lynxes macaws martens narwhals ocelots orcas otters pandas pelicans "
        + "quails ravens salamanders sparrows tapirs terns toucans voles wombats zebras"
    ).Split(' ');

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
