using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Redis;

/// <summary>
/// The errors of a real server that is not usable, for a command and for a script: an outage, and never an error of the caller.
/// </summary>
public sealed class Being_refused_by_Redis
{
    const string Write = "redis.call('TIME') return redis.call('SET', KEYS[1], ARGV[1])";

    public enum Refusal
    {
        OutOfMemory,
        IsReplica,
        IsStaleReplica,
        CannotSave,
        TooFewReplicas,
    }

    [Theory]
    [InlineData(Refusal.OutOfMemory, "OOM")]
    [InlineData(Refusal.IsReplica, "READONLY")]
    [InlineData(Refusal.IsStaleReplica, "MASTERDOWN")]
    [InlineData(Refusal.CannotSave, "MISCONF")]
    [InlineData(Refusal.TooFewReplicas, "NOREPLICAS")]
    public async Task Should_be_an_outage_until_the_server_is_usable_again(Refusal refusal, string reason)
    {
        using var folder = new TemporaryDirectory();
        await using var server = await RedisServer.StartAsync(new() { Arguments = ["--dir", folder.Path] });
        await using var redis = RedisDatabase.Of(server).Connect();
        await redis.EvaluateAsync(Write, ["monarch:a"], ["1"], Token);

        await SendAsync(
            server,
            refusal switch
            {
                Refusal.OutOfMemory => ["CONFIG SET maxmemory 1"],
                Refusal.IsReplica => [$"REPLICAOF 127.0.0.1 {FreePort.Next()}"],
                Refusal.IsStaleReplica => ["CONFIG SET replica-serve-stale-data no", $"REPLICAOF 127.0.0.1 {FreePort.Next()}"],
                Refusal.CannotSave => ["CONFIG SET save \"3600 1\""],
                _ => ["CONFIG SET min-replicas-to-write 1"],
            }
        );
        if (refusal == Refusal.CannotSave)
        {
            await FailToSaveAsync(server, folder);
        }

        (
            await Should.ThrowAsync<RedisUnavailableException>(() => redis.EvaluateAsync(Write, ["monarch:a"], ["2"], Token))
        ).Message.ShouldContain(reason);
        await Should.ThrowAsync<RedisUnavailableException>(() => redis.RunAsync(x => x.StringSetAsync("monarch:a", "2"), Token));

        await SendAsync(
            server,
            refusal switch
            {
                Refusal.OutOfMemory => ["CONFIG SET maxmemory 0"],
                Refusal.IsReplica or Refusal.IsStaleReplica => ["REPLICAOF NO ONE"],
                Refusal.CannotSave => ["CONFIG SET stop-writes-on-bgsave-error no"],
                _ => ["CONFIG SET min-replicas-to-write 0"],
            }
        );
        await Until.TrueAsync(() => WritesAsync(redis), "it writes again");
    }

    static async Task SendAsync(RedisServer server, IEnumerable<string> commands)
    {
        foreach (var command in commands)
        {
            (await server.SendAsync(command)).ShouldBe("+OK", command);
        }
    }

    // A right to the folder would not be missing for root, so the folder is.
    static async Task FailToSaveAsync(RedisServer server, TemporaryDirectory folder)
    {
        Directory.Delete(folder.Path, recursive: true);
        await server.SendAsync("BGSAVE");
        await Until.TrueAsync(
            async () => await server.SendAsync("SET monarch:b 1") is ['-', 'M', 'I', 'S', 'C', 'O', 'N', 'F', ..],
            "the save has failed"
        );
    }

    static async Task<bool> WritesAsync(RedisConnection redis)
    {
        try
        {
            await redis.EvaluateAsync(Write, ["monarch:a"], ["3"], Token);
            return true;
        }
        catch (RedisUnavailableException)
        {
            return false;
        }
    }
}
