using MassTransit;
using Monarch.Redis.Sagas;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Redis;

public sealed class Keeping_a_saga(Servers servers)
{
    [Fact]
    public async Task Should_write_readable_json_and_expire_only_while_it_is_ended()
    {
        var database = await servers.RedisAsync();
        await using var redis = database.Connect();
        using var host = await TallyHost.StartAsync(database);
        var id = NewId.NextGuid();
        var key = TallyHost.KeyPrefix + id.ToString("N");

        await host.Bus().Publish(new CountOne(id), Token);
        await Until.TrueAsync(async () => await host.LoadAsync(id) is not null, "the saga is saved");
        ((string)(await redis.ExecuteAsync("HGET", Token, key, "d"))!).ShouldBe(
            $$"""{"correlationId":"{{id}}","version":1,"currentState":"Running","count":1}"""
        );
        ((long)await redis.ExecuteAsync("PTTL", Token, key)).ShouldBe(-1);

        await host.Bus().Publish(new EndTally(id), Token);
        await Until.TrueAsync(async () => (await host.LoadAsync(id))!.EndedAt is not null, "the saga has ended");
        ((long)await redis.ExecuteAsync("PTTL", Token, key)).ShouldBeInRange(3_500_000, 3_600_000);

        await host.Bus().Publish(new CountOne(id), Token);
        await Until.TrueAsync(async () => (await host.LoadAsync(id))!.Count == 2, "the saga runs again");
        ((long)await redis.ExecuteAsync("PTTL", Token, key)).ShouldBe(-1);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Should_remove_it_with_its_wake_up_when_it_is_finalized()
    {
        var database = await servers.RedisAsync();
        await using var redis = database.Connect();
        using var host = await TallyHost.StartAsync(database);
        var id = NewId.NextGuid();
        await host.Bus().Publish(new SleepUntil(id, TimeProvider.System.GetUtcNow().AddHours(1)), Token);
        await Until.TrueAsync(async () => (long)await redis.ExecuteAsync("ZCARD", Token, "monarch:wakeups") == 1, "the wake-up is kept");

        await host.Bus().Publish(new RemoveTally(id), Token);
        await Until.TrueAsync(async () => await host.LoadAsync(id) is null, "the saga is gone");
        ((long)await redis.ExecuteAsync("ZCARD", Token, "monarch:wakeups")).ShouldBe(0);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Should_refuse_a_conflicting_save_and_a_duplicate_insert()
    {
        var database = await servers.RedisAsync();
        await using var redis = database.Connect();
        var store = new RedisSagaStore<TallyState>(redis, new() { WakeUps = "tally" });
        var id = NewId.NextGuid();
        (await store.TrySaveAsync(new() { CorrelationId = id, Version = 1 }, 0, Token)).ShouldBeTrue();
        (await store.TrySaveAsync(new() { CorrelationId = id, Version = 1 }, 0, Token)).ShouldBeFalse();
        (
            await store.TrySaveAsync(
                new()
                {
                    CorrelationId = id,
                    Version = 2,
                    Count = 7,
                },
                1,
                Token
            )
        ).ShouldBeTrue();
        (await store.TrySaveAsync(new() { CorrelationId = id, Version = 2 }, 1, Token)).ShouldBeFalse();
        (await store.TryDeleteAsync(id, 1, Token)).ShouldBeFalse();
        (await store.LoadAsync(id, Token))!.Count.ShouldBe(7);
        (await store.TryDeleteAsync(id, 2, Token)).ShouldBeTrue();
        (await store.LoadAsync(id, Token)).ShouldBeNull();
    }
}
