using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using Monarch.Redis.Sagas;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Redis;

public sealed class Waking_sagas_while_servers_are_killed(ITestOutputHelper output)
{
    const int Sagas = 1000;
    static readonly TimeSpan Spread = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Should_lose_none_and_wake_none_early()
    {
        await using var server = await RedisServer.StartAsync(new() { AppendOnly = true, EverySecond = true });
        var database = RedisDatabase.Of(server).With("VALKEY_TIMEOUT", "1");
        await using var redis = database.Connect();
        var store = new RedisSagaStore<TallyState>(redis, new() { WakeUps = "tally", KeyPrefix = TallyHost.KeyPrefix });
        List<ChildProcess> replicas = [await WakingProcess.StartAsync(database), await WakingProcess.StartAsync(database)];
        try
        {
            var dueAt = await SaveAsync(store);

            await HandledAsync(replicas, Sagas / 5);
            await ReplaceAsync(replicas, 0, database);
            await HandledAsync(replicas, Sagas * 2 / 5);
            var lost = await server.KillForgettingAsync(0.9);
            await server.RestartAsync();
            await HandledAsync(replicas, Sagas * 3 / 5);
            await ReplaceAsync(replicas, 1, database);

            await Until.TrueAsync(async () => await IsEmptyAsync(redis), "all are woken", state: () => $"{Count(replicas)} were handled");
            // The sagas are the proof: a replica may be killed after saving a saga and before writing its line.
            foreach (var (id, at) in dueAt)
            {
                (await store.LoadAsync(id, Token))!.WokenAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(at);
            }

            lost.ShouldBeGreaterThan(0);
            var handled = replicas.SelectMany(x => x.Handled()).ToList();
            output.WriteLine(
                $"{handled.Count - handled.Distinct().Count()} of {handled.Count} wake-ups were repetitions; Redis forgot {lost} bytes."
            );
        }
        finally
        {
            foreach (var replica in replicas)
            {
                await replica.DisposeAsync();
            }
        }
    }

    static async Task<Dictionary<Guid, DateTimeOffset>> SaveAsync(RedisSagaStore<TallyState> store)
    {
        var first = TimeProvider.System.GetUtcNow().AddSeconds(1);
        var dueAt = Enumerable.Range(0, Sagas).ToDictionary(_ => Guid.NewGuid(), i => first + (Spread * i / Sagas));
        foreach (var some in dueAt.Chunk(100))
        {
            await Task.WhenAll(
                some.Select(x =>
                    store.TrySaveAsync(
                        new()
                        {
                            CorrelationId = x.Key,
                            Version = 1,
                            CurrentState = "Running",
                            WakeAt = x.Value,
                        },
                        0,
                        Token
                    )
                )
            );
        }
        return dueAt;
    }

    // A killed replica stays in the list: the wake-ups that it handled count.
    static async Task ReplaceAsync(List<ChildProcess> replicas, int index, RedisDatabase database)
    {
        await replicas[index].KillAsync();
        replicas.Add(await WakingProcess.StartAsync(database));
    }

    static Task HandledAsync(List<ChildProcess> replicas, int count) =>
        Until.TrueAsync(
            () => Count(replicas) >= count,
            $"{count} are handled",
            state: () => string.Join('\n', replicas.Select(x => x.Output))
        );

    static int Count(List<ChildProcess> replicas) => replicas.SelectMany(x => x.Handled()).Distinct().Count();

    static async Task<bool> IsEmptyAsync(RedisConnection redis)
    {
        try
        {
            return (long)await redis.ExecuteAsync("EXISTS", Token, RedisWakeUps.Key, RedisWakeUps.ClaimedKey) == 0;
        }
        catch (RedisUnavailableException)
        {
            return false;
        }
    }
}
