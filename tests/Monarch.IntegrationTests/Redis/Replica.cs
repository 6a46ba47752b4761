using Monarch.Testing;

namespace Monarch.IntegrationTests.Redis;

/// <summary>Servers that follow another one.</summary>
static class Replica
{
    /// <summary>Starts one and waits until it is in sync.</summary>
    public static async Task<RedisServer> OfAsync(RedisServer master)
    {
        // Otherwise the master waits for five seconds for more replicas.
        await master.SendAsync("CONFIG SET repl-diskless-sync-delay 0");
        var replica = await RedisServer.StartAsync(new() { Arguments = ["--replicaof", "127.0.0.1", $"{master.Port}"] });
        await Until.TrueAsync(async () => await master.SendAsync("WAIT 1 100") == ":1", "the replica is in sync");
        return replica;
    }
}
