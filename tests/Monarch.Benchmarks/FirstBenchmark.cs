using System.CommandLine;
using Monarch.Benchmarks.Contenders;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;
using Spectre.Console;

namespace Monarch.Benchmarks;

/// <summary>How long it takes from the request to the first issue.</summary>
static class FirstBenchmark
{
    static readonly TimeSpan Most = TimeSpan.FromMilliseconds(100);

    static readonly Option<int> Times = NumberOption.Create("--times", "How often it is measured, each time with a fresh target", 100);
    static readonly Option<int> Issues = NumberOption.Create("--issues", "Issues of the template", 30);
    static readonly Option<int> Workers = NumberOption.Workers();

    public static Command Create()
    {
        var command = new Command("first", "Time from the message on Redis to the first issue at a sandbox without latency")
        {
            Times,
            Issues,
            Workers,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        var report = new Report(
            $"From the request to the first issue, in ms: {options.GetValue(Times)} times, each time {options.GetValue(Issues)} issues into one fresh target",
            "Contender",
            "p50",
            "p90",
            "p99",
            "max",
            "bar",
            "met"
        );
        await AnsiConsole
            .Status()
            .StartAsync(
                "Starting the servers",
                async status =>
                {
                    await using var sandbox = await SandboxProcess.StartAsync(TimeSpan.Zero);
                    var source = await sandbox.AddSourceAsync(options.GetValue(Issues), cancellationToken);
                    await using var separate = await SeparateHosts.StartAsync(sandbox, options.GetValue(Workers));
                    await using var single = await SingleProcess.StartAsync(sandbox);
                    foreach (var monarch in new Contender[] { separate, single })
                    {
                        status.Status($"Warming up {monarch.Name}");
                        await Trial.RunAsync(monarch, sandbox, source, targets: 1, cancellationToken);

                        status.Status($"Measuring {monarch.Name}");
                        var toFirst = new List<TimeSpan>();
                        while (toFirst.Count < options.GetValue(Times))
                        {
                            toFirst.Add((await Trial.RunAsync(monarch, sandbox, source, targets: 1, cancellationToken)).ToFirst);
                        }

                        var hasBar = monarch.Name == SeparateHosts.Title;
                        report.Add([
                            monarch.Name,
                            .. new[] { 0.5, 0.9, 0.99, 1 }.Select(share => Report.Milliseconds(toFirst.Percentile(share))),
                            hasBar ? $"p50 ≤ {Most.TotalMilliseconds:0} ms" : "",
                            hasBar ? Report.Met(toFirst.Median() <= Most) : "",
                        ]);
                    }
                }
            );
        report.Write(machine);
    }
}
