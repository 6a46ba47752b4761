using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Migrations;

public sealed class Sharing_a_clock : RepositoryMigrationTest
{
    readonly FakeTimeProvider _redis = FakeTime.New();

    [Theory, InlineData(300), InlineData(-300)]
    public async Task Should_sleep_by_the_time_of_Redis_on_a_host_with_a_wrong_clock(double ahead)
    {
        Time.Shift(ahead);
        Clock.Set(Time.GetUtcNow(), _redis.GetUtcNow(), Time.GetUtcNow());
        await PrepareAsync();
        (await WakeAsync()).DueAt.ShouldBe(_redis.GetUtcNow().AddMinutes(2).AddMilliseconds(1));

        await HandleAsync(Deferred(Transient(Time.GetUtcNow().AddSeconds(50))));
        ((await WakeAsync()).DueAt - _redis.GetUtcNow()).ShouldBeInRange(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(52.001));

        await HandleAsync(await WakeAsync());
        await HandleAsync(Deferred());
        ((await WakeAsync()).DueAt - _redis.GetUtcNow()).ShouldBeInRange(TimeSpan.FromSeconds(3.2), TimeSpan.FromSeconds(4.801));
    }

    [Theory, InlineData(-1, -1), InlineData(0, 0), InlineData(10, 0), InlineData(11, 1)]
    public void Should_correct_no_more_than_the_answer_proves(double reportedAfter, double correction)
    {
        var requestedAt = Time.GetUtcNow();
        Time.Advance(10);
        Clock.Set(requestedAt, requestedAt.AddSeconds(reportedAfter), Time.GetUtcNow());

        Clock.UtcNow.ShouldBe(Time.GetUtcNow().AddSeconds(correction));
    }
}
