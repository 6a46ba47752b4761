using Microsoft.Extensions.Time.Testing;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

public sealed class Receiving_events_from_a_host_with_a_wrong_clock : RepositoryMigrationTest
{
    readonly FakeTimeProvider _workersTime = FakeTime.New();

    public Receiving_events_from_a_host_with_a_wrong_clock() => SendersTime = _workersTime;

    public static TheoryData<double> Skews => [300, -300];

    [Theory, MemberData(nameof(Skews))]
    public async Task Should_wait_for_the_intended_time_until_its_turn(double ahead)
    {
        await PrepareAsync();
        _workersTime.Shift(ahead);
        await HandleAsync(Deferred(Turn(TimeSpan.FromSeconds(50))));

        await ShouldWaitAsync(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(50.001));
    }

    [Theory, MemberData(nameof(Skews))]
    public async Task Should_wait_as_long_as_GitHub_requested(double ahead)
    {
        await PrepareAsync();
        _workersTime.Shift(ahead);
        await HandleAsync(Deferred(Transient(_workersTime.GetUtcNow().AddSeconds(45))));

        await ShouldWaitAsync(TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(48));
    }

    [Theory, MemberData(nameof(Skews))]
    public async Task Should_wait_for_the_intended_time_after_a_slice_that_ended_early(double ahead)
    {
        await PrepareAsync();
        _workersTime.Shift(ahead);
        await HandleAsync(Created(next: 1, created: 1, endedBy: Turn(TimeSpan.FromSeconds(50))));

        await ShouldWaitAsync(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(50.001));
    }

    [Theory, MemberData(nameof(Skews))]
    public async Task Should_report_its_own_time(double ahead)
    {
        await PrepareAsync();
        _workersTime.Shift(ahead);
        await HandleAsync(Deferred(Turn(TimeSpan.FromSeconds(50))));

        var shown = Sent<RepositoryProgressed>()[^1];
        shown.WaitingUntil.ShouldBe((await SagaAsync()).WakeAt);
        shown.Failure!.RetryAt.ShouldBe(Time.GetUtcNow().AddSeconds(50));
    }

    [Fact]
    public async Task Should_use_the_time_unchanged_without_a_stamp()
    {
        await PrepareAsync();
        SendersTime = null;
        await HandleAsync(Deferred(Turn(TimeSpan.FromSeconds(50))));

        await ShouldWaitAsync(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(50.001));
    }

    // Woken at that time it retries, and an earlier wake-up is ignored.
    async Task ShouldWaitAsync(TimeSpan least, TimeSpan most)
    {
        var wake = await WakeAsync();
        (wake.DueAt - Time.GetUtcNow()).ShouldBeInRange(least, most);
        await HandleAsync(wake with { DueAt = wake.DueAt.AddMilliseconds(-1) });
        Sent<CreateIssues>().Count.ShouldBe(1);
        await HandleAsync(wake);
        Sent<CreateIssues>().Count.ShouldBe(2);
    }

    Failure Turn(TimeSpan wait) =>
        new()
        {
            Kind = FailureKind.Throttled,
            Message = "GitHub's hourly limit",
            RetryAt = _workersTime.GetUtcNow() + wait,
        };
}
