using Monarch.Redis.Connection;
using Monarch.Redis.Sagas;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Redis;

public sealed class Claiming_wake_ups(Servers servers)
{
    static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task Should_lease_each_to_one_replica_and_keep_its_original_time()
    {
        var database = await servers.RedisAsync();
        await using var redis = database.Connect();
        var dueAt = await SaveAsync(redis, 30);
        var replicas = Enumerable.Range(0, 4).Select(_ => Sweeper(redis)).ToList();

        var first = (await Task.WhenAll(replicas.Select(x => x.ClaimAsync(20, Lease, Token)))).SelectMany(x => x.Due).ToList();
        first.Count.ShouldBe(30);
        first.DistinctBy(x => x.SagaId).Count().ShouldBe(30);

        // The process that claimed them has died: the sagas are not saved.
        var again = new List<WakeUp>();
        await Until.TrueAsync(
            async () =>
            {
                again.AddRange((await replicas[3].ClaimAsync(100, TimeSpan.FromMinutes(1), Token)).Due);
                return again.Count >= 30;
            },
            "the wake-ups come again"
        );
        again.Select(x => x.SagaId).ShouldBe(first.Select(x => x.SagaId), ignoreOrder: true);
        again.ShouldAllBe(x => x.DueAt == dueAt);
    }

    [Fact]
    public async Task Should_return_when_the_next_is_due()
    {
        var database = await servers.RedisAsync();
        await using var redis = database.Connect();
        var sweeper = Sweeper(redis);
        (await sweeper.ClaimAsync(10, Lease, Token)).NextIn.ShouldBeNull();

        await SaveAsync(redis, 3);
        var claimed = await sweeper.ClaimAsync(2, TimeSpan.FromHours(1), Token);
        claimed.Due.Count.ShouldBe(2);
        claimed.NextIn.ShouldBe(TimeSpan.Zero);
        (await sweeper.ClaimAsync(2, TimeSpan.FromHours(1), Token)).NextIn!.Value.TotalHours.ShouldBeInRange(0.5, 1);
    }

    [Fact]
    public async Task Should_wake_in_time_after_the_clock_was_set_back_by_an_hour()
    {
        var database = await servers.RedisAsync();
        await using var redis = database.Connect();
        var dueAt = await SaveAsync(redis, 3);
        var id = Guid.NewGuid();
        var (now, hour) = (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), (long)TimeSpan.FromHours(1).TotalMilliseconds);
        var store = new RedisSagaStore<TallyState>(redis, new() { WakeUps = "tally", KeyPrefix = TallyHost.KeyPrefix });
        var wakeAt = DateTimeOffset.FromUnixTimeMilliseconds(now + hour + hour);
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
        await redis.ExecuteAsync("SET", Token, RedisWakeUps.SweptKey, now + hour);

        var claimed = await Sweeper(redis).ClaimAsync(10, Lease, Token);
        claimed.Due.Count.ShouldBe(3);
        await ShouldBeDueAsync(redis, id, now + hour);
        (await redis.ExecuteAsync("HGET", Token, RedisWakeUps.ClaimedKey, $"tally:{id:N}"))
            .ToString()
            .ShouldBe($"{now + hour + hour}", "the saga compares with it");
        claimed.Due.ShouldAllBe(x => x.DueAt == dueAt);

        await Sweeper(redis).ClaimAsync(10, Lease, Token);
        await ShouldBeDueAsync(redis, id, now + hour);
    }

    [Fact]
    public async Task Should_back_off_while_the_saga_is_never_saved()
    {
        var database = await servers.RedisAsync();
        await using var redis = database.Connect();
        await SaveAsync(redis, 1);
        var sweeper = Sweeper(redis);
        var id = (await sweeper.ClaimAsync(10, TimeSpan.FromSeconds(30), Token)).Due.ShouldHaveSingleItem().SagaId;
        foreach (var (times, seconds) in new[] { (2, 30), (4, 30), (5, 60), (6, 120), (30, 3600) })
        {
            await redis.ExecuteAsync("HSET", Token, RedisWakeUps.ClaimedKey, $"tally:{id:N}#", times - 1);
            await redis.ExecuteAsync("ZADD", Token, RedisWakeUps.Key, "1", $"tally:{id:N}");
            var claimed = await sweeper.ClaimAsync(10, TimeSpan.FromSeconds(30), Token);
            claimed.Due.ShouldHaveSingleItem();
            claimed.NextIn!.Value.TotalSeconds.ShouldBe(seconds, tolerance: 10, $"the time {times}");
        }
    }

    [Fact]
    public async Task Should_not_sleep_for_a_year_after_a_wrong_clock()
    {
        var database = await servers.RedisAsync();
        await using var redis = database.Connect();
        var (id, now) = (Guid.NewGuid(), TimeProvider.System.GetUtcNow());
        var store = new RedisSagaStore<TallyState>(redis, new() { WakeUps = "tally", KeyPrefix = TallyHost.KeyPrefix });
        await store.TrySaveAsync(
            new()
            {
                CorrelationId = id,
                Version = 1,
                CurrentState = "Running",
                WakeAt = now.AddYears(1),
            },
            0,
            Token
        );

        (await Sweeper(redis).ClaimAsync(10, Lease, Token)).Due.ShouldBeEmpty();
        await ShouldBeDueAsync(redis, id, (now + WakeUpTime.LongestSleep).ToUnixTimeMilliseconds());
    }

    static async Task ShouldBeDueAsync(RedisConnection redis, Guid id, long milliseconds)
    {
        var score = await redis.RunAsync(db => db.SortedSetScoreAsync(RedisWakeUps.Key, $"tally:{id:N}"), Token);
        score.ShouldNotBeNull().ShouldBe(milliseconds, tolerance: 60_000);
    }

    [Fact]
    public async Task Should_remove_one_without_a_saga_and_skip_unknown_types()
    {
        var database = await servers.RedisAsync();
        await using var redis = database.Connect();
        await redis.ExecuteAsync("ZADD", Token, "monarch:wakeups", "1", $"tally:{Guid.NewGuid():N}");
        await redis.ExecuteAsync("ZADD", Token, "monarch:wakeups", "2", $"unknown:{Guid.NewGuid():N}");
        await SaveAsync(redis, 1);

        (await Sweeper(redis).ClaimAsync(1, TimeSpan.FromMinutes(1), Token)).Due.ShouldHaveSingleItem();
        (await Sweeper(redis).ClaimAsync(1, TimeSpan.FromMinutes(1), Token)).Due.ShouldBeEmpty();
        ((long)await redis.ExecuteAsync("ZCARD", Token, "monarch:wakeups")).ShouldBe(2);
        ((long)await redis.ExecuteAsync("ZCOUNT", Token, "monarch:wakeups", "2", "2")).ShouldBe(1);
    }

    [Fact]
    public async Task Should_be_settled_by_the_next_save()
    {
        var database = await servers.RedisAsync();
        await using var redis = database.Connect();
        var store = new RedisSagaStore<TallyState>(redis, new() { WakeUps = "tally" });
        var saga = new TallyState
        {
            CorrelationId = Guid.NewGuid(),
            Version = 1,
            WakeAt = TimeProvider.System.GetUtcNow(),
        };
        await store.TrySaveAsync(saga, 0, Token);
        (await ClaimWhenDueAsync(Sweeper(redis))).Due.ShouldHaveSingleItem();

        (saga.Version, saga.WakeAt) = (2, null);
        await store.TrySaveAsync(saga, 1, Token);
        ((long)await redis.ExecuteAsync("EXISTS", Token, "monarch:wakeups", "monarch:wakeups:claimed")).ShouldBe(0);
    }

    [Fact]
    public async Task Should_be_announced_only_if_it_is_the_earliest()
    {
        // Channels are independent of databases: without a private server, announcements of other tests would be received.
        await using var server = await RedisServer.StartAsync();
        await using var redis = RedisDatabase.Of(server).Connect();
        var announced = 0;
        await using var watch = await Sweeper(redis).WatchAsync(() => Interlocked.Increment(ref announced), Token);
        var store = new RedisSagaStore<TallyState>(redis, new() { WakeUps = "tally" });
        var now = TimeProvider.System.GetUtcNow();
        foreach (var minutes in new[] { 5, 6, 4, 7, 3 })
        {
            await store.TrySaveAsync(
                new()
                {
                    CorrelationId = Guid.NewGuid(),
                    Version = 1,
                    WakeAt = now.AddMinutes(minutes),
                },
                0,
                Token
            );
        }

        await redis.PublishAsync("monarch:wakeups", "last", Token);
        await Until.TrueAsync(() => Volatile.Read(ref announced) >= 4, "the announcements are received");
        announced.ShouldBe(4);
    }

    static RedisWakeUps Sweeper(RedisConnection redis) => new(redis, [new("tally", "saga:TallyState:")]);

    static async Task<ClaimedWakeUps> ClaimWhenDueAsync(RedisWakeUps sweeper) =>
        await Until.ValueAsync(
            async () => await sweeper.ClaimAsync(10, Lease, Token) is { Due.Count: > 0 } claimed ? claimed : null,
            "it is due"
        );

    static async Task<DateTimeOffset> SaveAsync(RedisConnection redis, int count)
    {
        var store = new RedisSagaStore<TallyState>(redis, new() { WakeUps = "tally" });
        var dueAt = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 60_000);
        for (var i = 0; i < count; i++)
        {
            await store.TrySaveAsync(
                new()
                {
                    CorrelationId = Guid.NewGuid(),
                    Version = 1,
                    WakeAt = dueAt,
                },
                0,
                Token
            );
        }

        return dueAt;
    }
}
