using System.Text.RegularExpressions;
using Monarch.Benchmarks.Contenders;
using Monarch.Testing;

namespace Monarch.Benchmarks.Measuring;

/// <summary>Listens to what a Redis is asked, and by whom. It slows the server down: not for measuring speed.</summary>
sealed partial class RedisTraffic : IAsyncDisposable
{
    readonly int _port;
    readonly ChildProcess _monitor;

    RedisTraffic(int port, ChildProcess monitor) => (_port, _monitor) = (port, monitor);

    public static async Task<RedisTraffic> StartAsync(RedisServer redis)
    {
        var monitor = await ChildProcess.StartAsync("redis-cli", ["-p", $"{redis.Port}", "MONITOR"]);
        await Until.TrueAsync(
            () => monitor.Output.StartsWith("OK", StringComparison.Ordinal),
            "Redis is monitored",
            state: () => monitor.Output
        );
        return new(redis.Port, monitor);
    }

    /// <summary>How many commands a process has sent so far; what scripts do is not counted again.</summary>
    public async Task<int> CountAsync(MeasuredProcess process)
    {
        await using var cli = await ChildProcess.StartAsync("redis-cli", ["-p", $"{_port}", "CLIENT", "LIST"]);
        await cli.WaitForExitAsync();
        var addresses = ClientLine()
            .Matches(cli.Output)
            .Where(client => client.Groups["name"].Value.EndsWith($"-{process.Id}", StringComparison.Ordinal))
            .Select(client => client.Groups["address"].Value)
            .ToHashSet();
        return addresses.Count > 0
            ? MonitorLine().Matches(_monitor.Output).Count(line => addresses.Contains(line.Groups["address"].Value))
            : throw new InvalidOperationException($"{process.Name} has no connection to Redis: {cli.Output}");
    }

    public ValueTask DisposeAsync() => _monitor.DisposeAsync();

    [GeneratedRegex(@" addr=(?<address>\S+) .*? name=(?<name>\S*) ")]
    private static partial Regex ClientLine();

    [GeneratedRegex(@"^\d+\.\d+ \[\d+ (?<address>\S+)\]", RegexOptions.Multiline)]
    private static partial Regex MonitorLine();
}
