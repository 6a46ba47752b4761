using Microsoft.Extensions.Options;
using Monarch.Redis.Sagas;
using Monarch.Testing;
using Monarch.Workers.Clocks;
using Monarch.Workers.Migrations.Backoff;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Redis;

public sealed class Sharing_the_clock_of_Redis(Servers servers)
{
    static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task Should_wake_a_saga_in_time_that_a_host_with_a_wrong_clock_saved()
    {
        var database = await servers.RedisAsync();
        await using var redis = database.Connect();
        var store = new RedisSagaStore<TallyState>(redis, new() { WakeUps = "tally" });
        var sweeper = new RedisWakeUps(redis, [new("tally", "saga:TallyState:")]);
        foreach (var minutes in new[] { 5, -5 })
        {
            var time = new ShiftedTime(TimeSpan.FromMinutes(minutes));
            var clock = new SharedClock(time);
            using var setter = new SharedClockSetter(clock, redis, time);
            var asked = TimeProvider.System.GetUtcNow();
            await setter.StartingAsync(Token);
            var answered = TimeProvider.System.GetUtcNow();
            var wakeAt = new BackoffPolicy(clock, Options.Create(new MigrationOptions())).After(Nap);
            var error = (answered - asked).Duration() + TimeSpan.FromMilliseconds(2);
            // Read and set on this machine's clock, so that they differ only by the duration of a call.
            wakeAt.ShouldBeInRange(answered + Nap - error, TimeProvider.System.GetUtcNow() + Nap + error);

            await store.TrySaveAsync(
                new()
                {
                    CorrelationId = Guid.NewGuid(),
                    Version = 1,
                    WakeAt = wakeAt,
                },
                0,
                Token
            );
            var woken = await Until.ValueAsync(
                async () => (await sweeper.ClaimAsync(1, TimeSpan.FromHours(1), Token)).Due is [var due] ? due : null,
                "the saga is woken"
            );

            woken.DueAt.ShouldBe(wakeAt);
            TimeProvider.System.GetUtcNow().ShouldBeGreaterThanOrEqualTo(wakeAt);
        }
    }
}
