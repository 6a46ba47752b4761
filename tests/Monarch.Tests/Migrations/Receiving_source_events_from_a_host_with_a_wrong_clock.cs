using Microsoft.Extensions.Time.Testing;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

public sealed class Receiving_source_events_from_a_host_with_a_wrong_clock : BatchTest
{
    readonly FakeTimeProvider _workersTime = FakeTime.New();

    public Receiving_source_events_from_a_host_with_a_wrong_clock() => SendersTime = _workersTime;

    [Theory, InlineData(300), InlineData(-300)]
    public async Task Should_read_the_source_again_after_the_intended_time(double ahead)
    {
        await HandleAsync(Request("teams/one"));
        _workersTime.Shift(ahead);
        await HandleAsync(
            new SourceDeferred
            {
                BatchId = Batch,
                CommandId = Sent<ReadSourceIssues>()[^1].CommandId,
                Failure = Turn(),
            }
        );

        await ShouldWaitAsync();
        Sent<ReadSourceIssues>().Count.ShouldBe(2);
    }

    [Theory, InlineData(300), InlineData(-300)]
    public async Task Should_look_up_a_target_again_after_the_intended_time(double ahead)
    {
        await HandleAsync(Request("teams/one"));
        await HandleAsync(Read());
        _workersTime.Shift(ahead);
        await HandleAsync(TargetDeferred(0) with { Failure = Turn() });

        await ShouldWaitAsync();
        Sent<ResolveTarget>().Count.ShouldBe(2);
    }

    async Task ShouldWaitAsync()
    {
        var wake = await WakeAsync();
        (wake.DueAt - Time.GetUtcNow()).ShouldBeInRange(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(50.001));
        await HandleAsync(wake);
    }

    Failure Turn() =>
        new()
        {
            Kind = FailureKind.Throttled,
            Message = "GitHub's hourly limit",
            RetryAt = _workersTime.GetUtcNow().AddSeconds(50),
        };
}
