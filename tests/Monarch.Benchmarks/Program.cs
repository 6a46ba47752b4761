using System.CommandLine;
using Monarch.Benchmarks;
using Monarch.Benchmarks.Contenders;
using Monarch.Benchmarks.Reports;

Terminal.Prepare();

var root = new RootCommand(
    "Measures Monarch against the sandbox, in separate processes. Without a name: every benchmark, one after the other, short ones first."
)
{
    ThroughputBenchmark.Create(),
    StartBenchmark.Create(),
    FirstBenchmark.Create(),
    ListingBenchmark.Create(),
    UsherBenchmark.Create(),
    ArchiveBenchmark.Create(),
    LogsBenchmark.Create(),
    GrowthBenchmark.Create(),
    IdleBenchmark.Create(),
    OverheadBenchmark.Create(),
    CrowdBenchmark.Create(),
    ObserveBenchmark.Create(),
    LimitsBenchmark.Create(),
    SizingBenchmark.Create(),
    BareIntake.Create(),
};
root.SetAction(
    async (_, cancellationToken) =>
    {
        foreach (var benchmark in root.Subcommands.Where(command => !command.Hidden))
        {
            await benchmark.Parse([]).InvokeAsync(Invocation(endsWithin: null), cancellationToken);
        }
    }
);

try
{
    return await root.Parse(args).InvokeAsync(Invocation(TimeSpan.FromSeconds(10)));
}
catch (Exception e) when (e is InvalidOperationException or TimeoutException)
{
    await Console.Error.WriteLineAsync($"bench: {e.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("bench: interrupted");
    return 1;
}

// Errors are reported above, in one place. Ctrl+C leaves time to end the servers and remove their folders.
static InvocationConfiguration Invocation(TimeSpan? endsWithin) =>
    new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = endsWithin };
