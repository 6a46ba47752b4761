using StackExchange.Redis;

namespace Monarch.Redis.Connection;

/// <summary>
/// Runs a script and waits until replicas have its writes. A master that was cut off, while another server was promoted, has no responding
/// replicas: its writes are not relied on.
/// </summary>
sealed class ReplicaWait(RedisOptions options) : IDisposable
{
    // WAIT blocks the shared connection: one at a time, so that missing replicas delay the other calls but do not fail them.
    readonly SemaphoreSlim _turn = new(1, 1);

    long LongestMilliseconds => Math.Max(1, (long)(options.Timeout / 10).TotalMilliseconds);

    /// <summary>Runs the script.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="script">Called on the database; returns the script's reply.</param>
    /// <param name="isWaitedFor">Whether the reply shows a write that must be replicated.</param>
    /// <param name="cancellationToken">Cancels the wait, not the call.</param>
    /// <returns>The script's reply, and the number of replicas that are missing the write.</returns>
    public async Task<(RedisResult Answer, int Missing)> RunAsync(
        RedisConnection redis,
        Func<IDatabase, Task<RedisResult>> script,
        Func<RedisResult, bool> isWaitedFor,
        CancellationToken cancellationToken
    )
    {
        if (options.WaitReplicas == 0)
        {
            return (await redis.RunAsync(script, cancellationToken), 0);
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await redis.RunAsync(database => RunAsync(database, script, isWaitedFor), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    async Task<(RedisResult Answer, int Missing)> RunAsync(
        IDatabase database,
        Func<IDatabase, Task<RedisResult>> script,
        Func<RedisResult, bool> isWaitedFor
    )
    {
        var socket = Socket(database);
        var answer = await script(database);
        if (!isWaitedFor(answer))
        {
            return (answer, 0);
        }

        var acknowledged = (int)await database.ExecuteAsync("WAIT", [options.WaitReplicas, LongestMilliseconds], CommandFlags.DemandMaster);
        // WAIT covers the writes of its own connection: on another connection, possibly to another server, its reply does not cover this
        // write.
        return (answer, Socket(database) == socket ? Math.Max(0, options.WaitReplicas - acknowledged) : options.WaitReplicas);
    }

    // The library reconnects within the multiplexer, and counts its sockets.
    static long Socket(IDatabase database) => database.Multiplexer.GetCounters().Interactive.SocketCount;
}
