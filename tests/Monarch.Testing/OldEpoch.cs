namespace Monarch.Testing;

/// <summary>
/// Makes a fresh Redis appear to be in use for a long time, so that no test waits for writes that an earlier server may have lost.
/// </summary>
public static class OldEpoch
{
    const string Script =
        "return redis.call('HSET', 'monarch:epoch', 'run', string.match(redis.call('INFO', 'server'), 'run_id:(%w+)'), 'id', 'old', 'opens', '0')";

    /// <summary>Writes the epoch of the server's current run; its next start begins a new one.</summary>
    /// <param name="port">The port of the server on 127.0.0.1.</param>
    /// <param name="database">The database's number.</param>
    public static async Task WriteAsync(int port, int database = 0)
    {
        await using var cli = await ChildProcess.StartAsync("redis-cli", ["-p", $"{port}", "-n", $"{database}", "EVAL", Script, "0"]);
        if (await cli.WaitForExitAsync() != 0)
        {
            throw new InvalidOperationException($"redis-cli failed: {cli.Output}");
        }
    }
}
