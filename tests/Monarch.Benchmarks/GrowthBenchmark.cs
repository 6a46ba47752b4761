using System.CommandLine;
using Monarch.Benchmarks.Contenders;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;
using Spectre.Console;

namespace Monarch.Benchmarks;

/// <summary>Whether an issue costs the same, however many there are.</summary>
static class GrowthBenchmark
{
    // A single run with this few issues is not significant.
    const int Few = 2000;

    static readonly Option<int> Targets = NumberOption.Create("--targets", "Targets of each migration", 40);
    static readonly Option<int> Runs = NumberOption.Create("--runs", $"Runs of each migration of up to {Few} issues", 5);
    static readonly Option<int> Workers = NumberOption.Workers();
    static readonly Option<int[]> Issues = new("--issues")
    {
        Description = "Issues of the template, one migration after the other",
        DefaultValueFactory = _ => [25, 50, 250, 2500],
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        var command = new Command("growth", "Processor time, memory and Redis' bytes per issue of small and large migrations")
        {
            Targets,
            Issues,
            Runs,
            Workers,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        var (targets, sizes, runs) = (options.GetValue(Targets), options.GetValue(Issues)!, options.GetValue(Runs));
        List<IReadOnlyList<Footprint>> rows = [];
        await AnsiConsole
            .Status()
            .StartAsync(
                "Starting the servers",
                async status =>
                {
                    await using var sandbox = await SandboxProcess.StartAsync(TimeSpan.Zero);
                    await using var hosts = await SeparateHosts.StartAsync(sandbox, options.GetValue(Workers));
                    await using var redis = await RedisMemory.OpenAsync(hosts.Redis);

                    // As many as all the smallest runs: otherwise the larger ones would appear cheaper, because their code is already
                    // compiled.
                    for (var run = 0; run < runs; run++)
                    {
                        status.Status("Warming up");
                        await Footprint.MeasureAsync(hosts, sandbox, redis, targets, sizes[0], cancellationToken);
                    }

                    foreach (var issues in sizes)
                    {
                        status.Status($"Copying {targets * issues} issues");
                        List<Footprint> row = [];
                        do
                        {
                            row.Add(await Footprint.MeasureAsync(hosts, sandbox, redis, targets, issues, cancellationToken));
                        } while (row.Count < runs && targets * issues <= Few);
                        rows.Add(row);
                    }
                }
            );
        GrowthReport.Write(machine, targets, rows);
    }
}
