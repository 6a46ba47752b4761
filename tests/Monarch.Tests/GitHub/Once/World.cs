using Microsoft.Extensions.Time.Testing;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Shouldly;

namespace Monarch.Tests.GitHub.Once;

/// <summary>
/// Workers that handle the commands of one repository migration concurrently, with a ledger that loses entries and a GitHub whose answers
/// are lost. A sequence of numbers determines the events; nothing depends on the machine.
/// </summary>
sealed class World
{
    public const int Issues = 2;
    const int WorkerCount = 3;

    public static readonly LedgerKey Key = new(11, 22);
    static readonly double[] Seconds = [0.5, 3, 6, 12, 16, 31, 46, 300];

    readonly Worker[] _workers = new Worker[WorkerCount];
    string _snapshotId = "";

    World(FakeTimeProvider time, LossyLedger ledger) => (Time, Ledger, GitHub) = (time, ledger, new(time));

    public FakeTimeProvider Time { get; }

    public LossyLedger Ledger { get; }

    public ModelGitHub GitHub { get; }

    public InMemorySnapshots Snapshots { get; } = new();

    public static PrepareTarget Prepare { get; } =
        new()
        {
            RepositoryMigrationId = Guid.Empty,
            CommandId = Guid.Empty,
            SourceRepositoryId = Key.SourceRepositoryId,
            TargetRepositoryId = Key.TargetRepositoryId,
            TargetFullName = "teams/one",
        };

    public CreateIssues Create(int from) =>
        new()
        {
            RepositoryMigrationId = Guid.Empty,
            CommandId = Guid.Empty,
            SourceRepositoryId = Key.SourceRepositoryId,
            SourceFullName = "school/template",
            TargetRepositoryId = Key.TargetRepositoryId,
            TargetFullName = "teams/one",
            SnapshotId = _snapshotId,
            From = from,
        };

    /// <summary>The world after these events and a period without further events.</summary>
    public static async Task<World> AfterAsync(IEnumerable<int> events)
    {
        var time = FakeTime.New();
        var world = new World(time, await LossyLedger.NewAsync(time));
        var issues = Enumerable
            .Range(1, Issues)
            .Select(number => new SnapshotIssue(number, $"Issue {number}", null, "https://github/1"))
            .ToArray();
        world._snapshotId = (
            await world.Snapshots.WriteAsync(
                Key.SourceRepositoryId,
                world.Time.GetUtcNow(),
                new[] { new SnapshotPage(issues) }.ToAsyncEnumerable(),
                default
            )
        ).Id;
        for (var i = 0; i < WorkerCount; i++)
        {
            world._workers[i] = new(world, isUnread: i == 0);
        }

        foreach (var number in events)
        {
            await world.ApplyAsync(number % 20, number / 20);
        }

        world.FinishWithoutEvents();
        return world;
    }

    async Task ApplyAsync(int kind, int detail)
    {
        var worker = _workers[detail % WorkerCount];
        var post = GitHub.InFlight.Count > 0 ? GitHub.InFlight[detail % GitHub.InFlight.Count] : null;
        switch (kind)
        {
            case < 10:
                for (var steps = (detail / WorkerCount % 8) + 1; steps > 0; steps--)
                {
                    worker.Step();
                }

                break;
            case 10:
                worker.Step(fail: true);
                break;
            case 11:
                GitHub.Create(new("Of the students' own", "No marker"), Lag(detail));
                break;
            case 12 or 13:
                Pass(TimeSpan.FromSeconds(Seconds[detail % Seconds.Length]), detail);
                break;
            case 14:
                post?.CarryOut(GitHub, Lag(detail));
                break;
            case 15:
                post?.CarryOut(GitHub, Lag(detail));
                End(post, x => x.AnswerWithResult());
                break;
            case 16:
                End(post, x => x.AnswerWithResult());
                break;
            case 17:
                End(post, detail % 2 == 0 ? x => x.AnswerWithError() : x => x.Cut());
                break;
            case 18:
                // Killed. Its requests remain in flight.
                _workers[detail % WorkerCount] = new(this, isUnread: detail % 2 == 0);
                break;
            default:
                await Ledger.LoseAsync(detail % 4 == 0 ? int.MaxValue : detail % 7);
                break;
        }
    }

    void FinishWithoutEvents()
    {
        for (var turn = 0; _workers.Any(worker => !worker.Work.IsCompleted); turn++)
        {
            turn.ShouldBeLessThan(5_000, "no worker is stuck");
            foreach (var worker in _workers)
            {
                worker.Step();
            }

            GitHub
                .InFlight.ToList()
                .ForEach(post =>
                {
                    post.CarryOut(GitHub, TimeSpan.Zero);
                    End(post, x => x.AnswerWithResult());
                });
            Pass(TimeSpan.FromSeconds(0.2), 0);
        }

        _workers.ShouldAllBe(worker => worker.Work.IsCompletedSuccessfully);
    }

    // GitHub may carry out a post until its deadline; then a worker that still waits for it times out.
    void Pass(TimeSpan time, int detail)
    {
        var until = Time.GetUtcNow() + time;
        while (GitHub.InFlight.OrderBy(post => post.Deadline).FirstOrDefault() is { } post && post.Deadline <= until)
        {
            Time.SetUtcNow(post.Deadline);
            if (detail / 2 % 2 == 0)
            {
                post.CarryOut(GitHub, Lag(detail));
            }

            End(post, x => x.TimeOut());
        }

        Time.SetUtcNow(until);
    }

    void End(ModelPost? post, Action<ModelPost> end)
    {
        if (post is not null)
        {
            GitHub.InFlight.Remove(post);
            end(post);
        }
    }

    static TimeSpan Lag(int detail) => LossyLedger.Settle * (detail % 5 / 5.0);
}
