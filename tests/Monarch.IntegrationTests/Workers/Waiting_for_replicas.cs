using Microsoft.Extensions.Options;
using Monarch.IntegrationTests.Redis;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using Monarch.Workers.GitHub.Copying.Ledger;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Workers;

/// <summary>The ledger with VALKEY_WAIT_REPLICAS=1, on real servers.</summary>
public sealed class Waiting_for_replicas : IAsyncLifetime
{
    static readonly LedgerKey Key = new(11, 22);
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    RedisServer _master = null!;
    TcpProxy _address = null!;
    RedisConnection _redis = null!;

    RedisLedger Ledger => new(_redis, Options.Create(new LedgerOptions()));

    public async ValueTask InitializeAsync()
    {
        _master = await RedisServer.StartAsync();
        _address = new(_master.Port);
        await OldEpoch.WriteAsync(_master.Port);
        _redis = new RedisDatabase(_address.Port).With("VALKEY_WAIT_REPLICAS", "1").Connect();
        (await Ledger.SetReadAsync(Key, "old", new Dictionary<int, int>(), Token)).ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _address.DisposeAsync();
        await _master.DisposeAsync();
    }

    [Fact]
    public async Task Should_grant_an_intent_only_when_a_replica_has_acknowledged_it()
    {
        (await BeginAsync(1)).ShouldBe(new LedgerAnswer.Unreplicated(1));
        (await _master.SendAsync("HEXISTS monarch:ledger:11:22 1")).ShouldBe(":0");

        await using var replica = await Replica.OfAsync(_master);

        // On a busy machine a replica may answer too late, which grants nothing.
        await Until.TrueAsync(async () => await BeginAsync(1) is LedgerAnswer.Granted, "the replica acknowledges in time");
        (await replica.SendAsync("HEXISTS monarch:ledger:11:22 1")).ShouldBe(":1");
        (await BeginAsync(1)).ShouldBeOfType<LedgerAnswer.Busy>();
    }

    // The waits together exceed the time limit of a call.
    [Fact]
    public async Task Should_fail_no_call_when_many_waits_expire_concurrently()
    {
        var answers = Task.WhenAll(Enumerable.Range(1, 11).Select(BeginAsync));
        while (!answers.IsCompleted)
        {
            await _redis.RunAsync(x => x.PingAsync(), Token);
        }

        (await answers).ShouldAllBe(answer => answer is LedgerAnswer.Unreplicated);
    }

    [Fact]
    public async Task Should_ignore_the_acknowledgement_of_another_server()
    {
        await using var other = await RedisServer.StartAsync();
        await using var replica = await Replica.OfAsync(other);

        // Between the script and WAIT the connection is lost, and the address leads to the promoted server. If WAIT used the lost
        // connection, the call fails, which grants nothing either.
        var missing = 0;
        await Until.TrueAsync(
            async () =>
            {
                MoveTo(_master);
                try
                {
                    (_, missing) = await _redis.EvaluateReplicatedAsync("return 1", [], [], _ => MoveTo(other), Token);
                    return true;
                }
                catch (RedisUnavailableException)
                {
                    return false;
                }
            },
            "WAIT is answered"
        );
        missing.ShouldBe(1);
        await Until.TrueAsync(
            async () =>
                (
                    await _redis.EvaluateReplicatedAsync("return redis.call('SET', KEYS[1], 1)", ["monarch:a"], [], _ => true, Token)
                ).MissingReplicas == 0,
            "the replica acknowledges in time"
        );

        bool MoveTo(RedisServer server)
        {
            _address.MoveTo(server.Port);
            _address.Reset();
            return true;
        }
    }

    Task<LedgerAnswer> BeginAsync(int number) => Ledger.BeginAsync(new(Key, number, $"{Guid.NewGuid():N}"), Lifetime, null, Token);
}
