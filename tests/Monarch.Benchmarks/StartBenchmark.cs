using System.CommandLine;
using Monarch.Benchmarks.Contenders;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;
using Spectre.Console;

namespace Monarch.Benchmarks;

/// <summary>How long a process takes from its start until it is ready.</summary>
static class StartBenchmark
{
    static readonly Option<int> Times = NumberOption.Create(
        "--times",
        "How often each is started, with a Redis and a RabbitMQ that are new",
        7
    );

    public static Command Create()
    {
        var command = new Command("start", "Time from the start of a process until /health/ready reports it ready") { Times };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        var times = options.GetValue(Times);
        List<(string Name, TimeSpan Took)> starts = [];
        await AnsiConsole
            .Status()
            .StartAsync(
                "Starting",
                async status =>
                {
                    await using var sandbox = await SandboxProcess.StartAsync(TimeSpan.Zero);
                    for (var i = 1; i <= times; i++)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        status.Status($"Starting for the {i}. time");
                        await using var separate = await SeparateHosts.StartAsync(sandbox, workers: 1);
                        await using var single = await SingleProcess.StartAsync(sandbox);
                        starts.AddRange(separate.Starts.Concat(single.Starts));
                    }
                }
            );
        var report = new Report(
            $"From the start of a process until it is ready, in ms, {times} times, one process after the other",
            "Process",
            "min",
            "p50",
            "max"
        );
        foreach (var process in starts.GroupBy(start => start.Name, start => start.Took))
        {
            report.Add([
                process.Key,
                .. new[] { 0, 0.5, 1 }.Select(share => Report.Number(process.Percentile(share).TotalMilliseconds, "0")),
            ]);
        }

        report.Write(machine);
    }
}
