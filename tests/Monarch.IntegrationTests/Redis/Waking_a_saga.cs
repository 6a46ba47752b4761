using MassTransit;
using Monarch.Redis.Sagas;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Redis;

public sealed class Waking_a_saga(Servers servers)
{
    [Fact]
    public async Task Should_never_be_early_nor_wait_for_the_poll()
    {
        var database = await servers.RedisAsync();
        using var one = await TallyHost.StartAsync(database, PollLate);
        using var other = await TallyHost.StartAsync(database, PollLate);
        var now = TimeProvider.System.GetUtcNow();
        var tallies = Enumerable.Range(0, 40).Select(i => (Id: NewId.NextGuid(), WakeAt: now.AddMilliseconds(1500 - 31.7 * i))).ToList();
        foreach (var (id, wakeAt) in tallies)
        {
            await one.Bus().Publish(new SleepUntil(id, wakeAt), Token);
        }

        foreach (var (id, wakeAt) in tallies)
        {
            await Until.TrueAsync(async () => (await other.LoadAsync(id))?.WokenAt is not null, "the saga is woken");
            (await other.LoadAsync(id))!.WokenAt!.Value.ShouldBeGreaterThanOrEqualTo(wakeAt);
        }
        await one.StopAsync(Token);
        await other.StopAsync(Token);

        // Only an announcement, or the known time of the next wake-up, wakes the sweeper before the test times out.
        static void PollLate(WakeUpOptions wakeUps) => wakeUps.Poll = TimeSpan.FromHours(1);
    }

    [Fact]
    public async Task Should_wake_all_after_a_restart_and_each_again_when_due()
    {
        var database = await servers.RedisAsync();
        await using var redis = database.Connect();
        var store = new RedisSagaStore<TallyState>(redis, new() { WakeUps = "tally", KeyPrefix = TallyHost.KeyPrefix });
        var now = TimeProvider.System.GetUtcNow();
        var (asleep, overdue) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var (id, wakeAt) in new[] { (asleep, now.AddHours(1)), (overdue, now.AddHours(-1)) })
        {
            await store.TrySaveAsync(
                new()
                {
                    CorrelationId = id,
                    Version = 1,
                    CurrentState = "Running",
                    WakeAt = wakeAt,
                },
                0,
                Token
            );
        }
        // The previous process had claimed the due wake-up; its message is lost.
        await new RedisWakeUps(redis, [new("tally", TallyHost.KeyPrefix)]).ClaimAsync(10, TimeSpan.FromHours(1), Token);
        var before = (string)(await redis.ExecuteAsync("ZSCORE", Token, "monarch:wakeups", $"tally:{asleep:N}"))!;

        using var host = await TallyHost.StartAsync(database, wakeUps => wakeUps.MessagesAreLostOnRestart = true);
        await Until.TrueAsync(
            async () => (await host.LoadAsync(asleep))!.Restarts == 1 && (await host.LoadAsync(overdue))!.Restarts == 1,
            "both are woken"
        );

        (await host.LoadAsync(overdue))!.WokenAt.ShouldNotBeNull();
        (await host.LoadAsync(asleep))!.ShouldSatisfyAllConditions(x => x.WokenAt.ShouldBeNull(), x => x.WakeAt.ShouldBe(now.AddHours(1)));
        ((string)(await redis.ExecuteAsync("ZSCORE", Token, "monarch:wakeups", $"tally:{asleep:N}"))!).ShouldBe(before);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Should_send_few_commands_when_idle()
    {
        await using var server = await RedisServer.StartAsync();
        var database = RedisDatabase.Of(server);
        using var host = await TallyHost.StartAsync(database);
        await host.Bus().Publish(new SleepUntil(NewId.NextGuid(), TimeProvider.System.GetUtcNow().AddHours(1)), Token);
        await using var redis = database.Connect();
        await Until.TrueAsync(async () => (long)await redis.ExecuteAsync("ZCARD", Token, "monarch:wakeups") == 1, "the wake-up is kept");

        await redis.DisposeAsync();
        await using var monitor = await ChildProcess.StartAsync("redis-cli", ["-p", $"{server.Port}", "monitor"]);
        await Until.TrueAsync(() => monitor.Output.StartsWith("OK", StringComparison.Ordinal), "the monitor runs");
        var since = TimeProvider.System.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(25), TimeProvider.System, Token); // The test measures an idle period.
        var commands = monitor.Output.Split('\n').Where(x => x.Contains('"') && !x.Contains(" lua]")).ToList();
        // Four in this time; more on a busy machine, where it takes longer.
        var most = (int)Math.Ceiling(4 * TimeProvider.System.GetElapsedTime(since) / TimeSpan.FromSeconds(25));
        commands.Count.ShouldBeInRange(1, most, string.Join('\n', commands));
        await host.StopAsync(Token);
    }
}
