namespace Monarch.Testing;

/// <summary>Makes a fresh Redis look as if it had been in use for long, so that nothing waits for what an earlier one may have forgotten.</summary>
public static class OldEpoch
{
    const string Script =
        "return redis.call('HSET', 'monarch:epoch', 'run', string.match(redis.call('INFO', 'server'), 'run_id:(%w+)'), 'id', 'old', 'opens', '0')";

    /// <summary>Writes the epoch of the server as it runs now; its next start begins another.</summary>
    /// <param name="port">Where the server listens, on 127.0.0.1.</param>
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
