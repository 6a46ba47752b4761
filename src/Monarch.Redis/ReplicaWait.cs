using StackExchange.Redis;

namespace Monarch.Redis;

/// <summary>
/// Runs a script and waits until replicas have what it wrote. A master that was cut off, while another server was promoted, has no
/// replicas that answer: what only it knows is not relied on.
/// </summary>
sealed class ReplicaWait(RedisOptions options) : IDisposable
{
    // WAIT blocks the connection, which all calls share: one at a time, so that replicas that are missing slow the others down and do not fail them.
    readonly SemaphoreSlim _turn = new(1, 1);

    long LongestMilliseconds => Math.Max(1, (long)(options.Timeout / 10).TotalMilliseconds);

    /// <summary>Runs it.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="script">Called on the database; returns the script's answer.</param>
    /// <param name="isWaitedFor">Whether the answer shows a write that has to be on replicas.</param>
    /// <param name="cancellationToken">Ends the wait, not the call.</param>
    /// <returns>The script's answer, and how many replicas too few have the write.</returns>
    public async Task<(RedisResult Answer, int Missing)> RunAsync(
        RedisConnection redis, Func<IDatabase, Task<RedisResult>> script, Func<RedisResult, bool> isWaitedFor, CancellationToken cancellationToken)
    {
        if (options.WaitReplicas == 0)
            return (await redis.RunAsync(script, cancellationToken), 0);

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
        IDatabase database, Func<IDatabase, Task<RedisResult>> script, Func<RedisResult, bool> isWaitedFor)
    {
        var socket = Socket(database);
        var answer = await script(database);
        if (!isWaitedFor(answer))
            return (answer, 0);
        var acknowledged = (int)await database.ExecuteAsync("WAIT", [options.WaitReplicas, LongestMilliseconds], CommandFlags.DemandMaster);
        // WAIT is about the writes of its own connection: on another one, which may lead to another server, it says nothing of this write.
        return (answer, Socket(database) == socket ? Math.Max(0, options.WaitReplicas - acknowledged) : options.WaitReplicas);
    }

    // The library reconnects below the multiplexer, and counts that.
    static long Socket(IDatabase database) => database.Multiplexer.GetCounters().Interactive.SocketCount;
}
