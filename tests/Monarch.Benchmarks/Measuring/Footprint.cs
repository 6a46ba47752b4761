using Monarch.Benchmarks.Contenders;

namespace Monarch.Benchmarks.Measuring;

/// <summary>The resources that copying a number of issues took.</summary>
/// <param name="Issues">How many were created.</param>
/// <param name="Rate">Issues a second.</param>
/// <param name="Processes">Each process with its processor time per issue in ms, and its highest memory in bytes.</param>
/// <param name="WhileRunning">How much more Redis used at most while it ran, in bytes per issue.</param>
/// <param name="Kept">What the keys take after the end, in bytes per issue, by kind; without the snapshot.</param>
/// <param name="Snapshot">What the snapshot takes, in bytes per issue of the source.</param>
sealed record Footprint(
    int Issues,
    double Rate,
    IReadOnlyList<(string Name, double Milliseconds, long PeakMemory)> Processes,
    double WhileRunning,
    IReadOnlyDictionary<string, double> Kept,
    double Snapshot
)
{
    public double KeptInAll => Kept.Values.Sum();

    public static async Task<Footprint> MeasureAsync(
        SeparateHosts hosts,
        SandboxProcess sandbox,
        RedisMemory redis,
        int targets,
        int issues,
        CancellationToken cancellationToken
    )
    {
        var source = await sandbox.AddSourceAsync(issues, cancellationToken);
        var (usedBefore, before) = (await redis.UsedAsync(), await redis.ByKindAsync(cancellationToken));
        foreach (var process in hosts.Processes)
        {
            process.ForgetPeakMemory();
        }

        var (trial, peak) = await redis.WatchAsync(
            () => Trial.RunAsync(hosts, sandbox, source, targets, cancellationToken),
            cancellationToken
        );
        var processes = hosts
            .Processes.Select(
                (process, i) => (process.Name, trial.ProcessorTime[i].Used.TotalMilliseconds / trial.Issues, process.PeakMemory)
            )
            .ToList();
        var more = (await redis.ByKindAsync(cancellationToken)).ToDictionary(
            kind => kind.Key,
            kind => kind.Value - before.GetValueOrDefault(kind.Key)
        );
        return new(
            trial.Issues,
            trial.Rate,
            processes,
            (double)(peak - usedBefore) / trial.Issues,
            more.Where(kind => !IsSnapshot(kind.Key)).ToDictionary(kind => kind.Key, kind => (double)kind.Value / trial.Issues),
            (double)more.Where(kind => IsSnapshot(kind.Key)).Sum(kind => kind.Value) / issues
        );
    }

    static bool IsSnapshot(string kind) => kind.StartsWith("snapshot", StringComparison.Ordinal);
}
