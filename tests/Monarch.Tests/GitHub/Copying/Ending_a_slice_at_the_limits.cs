using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Copying;

public sealed class Ending_a_slice_at_the_limits : CopyTest
{
    const double Minute = 0.3;

    protected override IReadOnlyDictionary<string, string> Limits =>
        new Dictionary<string, string>(WithoutLimits.Settings)
        {
            ["GITHUB_CREATES_PER_MINUTE"] = "2",
            ["GITHUB_MINUTE"] = "0.3",
            ["GITHUB_TIMEOUT"] = "60",
        };

    [Fact]
    public async Task Should_end_before_a_wait_that_exceeds_the_time_left()
    {
        Slice.SliceSeconds = Minute / 2;
        var slice = (await CopyAsync()).ShouldNotBeNull();
        // The saga has nothing to wait for: its next command waits for the budget.
        (slice.Next, slice.Created, slice.EndedBy).ShouldBe((2, 2, null));
        Titles().ShouldBe(TitlesTo(2));
    }

    [Fact]
    public async Task Should_not_count_the_first_issue_s_wait()
    {
        Slice.SliceSeconds = Minute / 2;
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
