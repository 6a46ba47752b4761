using Microsoft.Extensions.Time.Testing;
using Monarch.Bridge.DryRuns;
using Monarch.Bridge.Status;
using Monarch.Contracts.DryRuns;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;
using static Monarch.Tests.Bridge.DryRunStory;

namespace Monarch.Tests.Bridge;

/// <summary>The account <c>a</c> creates an issue in two seconds, <c>b</c> one in ten; both keep a second between two writes.</summary>
public sealed class Estimating_a_dry_run
{
    readonly FakeTimeProvider _time = FakeTime.New();
    readonly InMemoryStatusStore _store = new();
    readonly InMemoryCredentialViews _credentials;
    readonly DryRunDurations _durations;

    public Estimating_a_dry_run()
    {
        _credentials = new(_time);
        _durations = new(new(_store, _credentials, _time), _time);
    }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_add_up_the_creations_of_all_targets_of_an_account()
    {
        await ReportAsync("a", 2000);

        var duration = await OfAsync(Plan(1), Plan(2, create: 7));
        duration.Seconds.ShouldBe(20);
        duration.Basis.ShouldBe("The account may create 30 issues a minute now and 500 an hour; 12 count in the last hour.");
    }

    [Fact]
    public async Task Should_take_the_slowest_account()
    {
        await ReportAsync("a", 2000);
        await ReportAsync("b", 10_000);

        (await OfAsync(Plan(1), Plan(2, "b"))).Seconds.ShouldBe(30);
    }

    [Fact]
    public async Task Should_keep_the_distance_between_writes()
    {
        await ReportAsync("a", 2000);

        (await OfAsync(Plan(1, create: 0, writes: 9))).Seconds.ShouldBe(9);
        (await OfAsync(Plan(1, create: 3, writes: 20))).Seconds.ShouldBe(23);
    }

    [Fact]
    public async Task Should_count_comments_like_issues()
    {
        await ReportAsync("a", 2000);

        (await OfAsync(Plan(1, create: 3, comments: 9))).Seconds.ShouldBe(24);
    }

    [Fact]
    public async Task Should_count_the_pending_issues_of_running_migrations()
    {
        await ReportAsync("a", 2000);
        var batch = Guid.NewGuid();
        await _store.ApplyAsync(
            BatchStory.Batch(batch, 1, BatchStatus.Migrating) with
            {
                Targets =
                [
                    new()
                    {
                        Index = 0,
                        Requested = "teams/one",
                        RepositoryId = 5,
                        Status = RepositoryStatus.Copying,
                        Total = 10,
                    },
                ],
            },
            Token
        );

        var duration = await OfAsync(Plan(1, create: 10));
        duration.Seconds.ShouldBe(40);
        duration.Basis.ShouldEndWith("Running migrations have 10 issues left.");
    }

    [Fact]
    public async Task Should_say_why_there_is_no_estimate()
    {
        var duration = await OfAsync(Plan(1));

        duration.Seconds.ShouldBeNull();
        duration.Basis.ShouldStartWith("No worker has reported");
    }

    [Fact]
    public async Task Should_take_no_time_for_nothing() =>
        (await OfAsync(Plan(1, create: 0, writes: 0))).ShouldBe(new(0, "Nothing would be created or changed."));

    Task<DryRunDuration> OfAsync(params TargetPlan[] plans) => _durations.OfAsync(plans, Token);

    Task ReportAsync(string account, int milliseconds) =>
        _credentials.SetAsync(
            new(
                new()
                {
                    Name = account,
                    Account = account,
                    Status = CredentialStatus.Working,
                    Since = _time.GetUtcNow(),
                    ReportedAt = _time.GetUtcNow(),
                    Budget = new()
                    {
                        Pace = 30,
                        HourlyPace = 500,
                        UsedThisMinute = 0,
                        UsedThisHour = 12,
                        RequestsAtOnce = 100,
                    },
                },
                new()
                {
                    Milliseconds = [.. Enumerable.Range(1, 100).Select(number => number * milliseconds)],
                    Period = 50,
                    MillisecondsEach = 400,
                }
            ),
            Token
        );
}
