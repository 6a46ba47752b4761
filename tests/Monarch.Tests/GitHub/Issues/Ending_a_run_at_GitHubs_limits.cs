using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Issues;

public sealed class Ending_a_run_at_GitHubs_limits : CopyTest
{
    const double Minute = 0.3;

    protected override IReadOnlyDictionary<string, string> Limits => new Dictionary<string, string>(WithoutLimits.Settings)
    {
        ["GITHUB_CREATES_PER_MINUTE"] = "2",
        ["GITHUB_MINUTE"] = "0.3",
        ["GITHUB_TIMEOUT"] = "60",
    };

    [Fact]
    public async Task Should_come_before_a_wait_that_is_longer_than_the_time_left()
    {
        Run.RunSeconds = Minute / 2;
        var run = (await CopyAsync()).ShouldNotBeNull();
        // Nothing for the saga to wait for: its next command does, and is there when the wait is over.
        (run.Next, run.Created, run.EndedBy).ShouldBe((2, 2, null));
        Titles().ShouldBe(TitlesTo(2));
    }

    [Fact]
    public async Task Should_not_come_sooner_because_the_first_issue_had_to_wait()
    {
        Run.RunSeconds = Minute / 2;
        await SnapshotAsync(5);
        await CopyAsync();
        var timers = Time.Timers;
        var waiting = CopyAsync(2);
        await Until.TrueAsync(() => Time.Timers > timers, "the copier waits for the budget");
        Time.Advance(Minute);
        (await waiting)!.Next.ShouldBe(4);
        Titles().ShouldBe(TitlesTo(4));
    }
}
