using System.CommandLine;
using Monarch.Benchmarks.Contenders;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;
using Spectre.Console;

namespace Monarch.Benchmarks;

/// <summary>How much slower Monarch is than a loop that does nothing but post the issues.</summary>
static class OverheadBenchmark
{
    static readonly Option<int> Runs = NumberOption.Create("--runs", "Runs of each contender, in turns", 5);
    static readonly Option<int> Targets = NumberOption.Create("--targets", "Targets of each run, all of them fresh", 10);
    static readonly Option<int> Issues = NumberOption.Create("--issues", "Issues of the template", 60, least: 2);
    static readonly Option<int> Latency = NumberOption.Create("--latency", "Milliseconds that every answer of the sandbox takes", 100, least: 0);
    static readonly Option<int> Workers = NumberOption.Workers();

    public static Command Create()
    {
        var command = new Command("overhead", "Rate against that of a bare loop, side by side in one run") { Runs, Targets, Issues, Latency, Workers };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        List<(string Contender, IReadOnlyList<Trial> Trials)> results = [];
        await AnsiConsole.Status().StartAsync("Starting the servers", async status =>
        {
            await using var sandbox = await SandboxProcess.StartAsync(TimeSpan.FromMilliseconds(options.GetValue(Latency)));
            var source = await sandbox.AddSourceAsync(options.GetValue(Issues), cancellationToken);
            await using var loop = new BareLoop(sandbox);
            await using var separate = await SeparateHosts.StartAsync(sandbox, options.GetValue(Workers));
            await using var single = await SingleProcess.StartAsync(sandbox);
            var contenders = new List<(Contender Contender, List<Trial> Trials)> { (loop, []), (separate, []), (single, []) };

            // The first run warms up and does not count.
            for (var run = 0; run <= options.GetValue(Runs); run++)
            {
                foreach (var (contender, trials) in contenders)
                {
                    status.Status(run == 0 ? $"Warming up {contender.Name}" : $"Run {run} of {options.GetValue(Runs)}: {contender.Name}");
                    var trial = await Trial.RunAsync(contender, sandbox, source, options.GetValue(Targets), cancellationToken);
                    if (run > 0)
                    {
                        trials.Add(trial);
                    }
                }
            }

            results = contenders.ConvertAll(x => (x.Contender.Name, (IReadOnlyList<Trial>)x.Trials));
        });
        Write(machine, options, results);
    }

    static void Write(string machine, ParseResult options, List<(string Contender, IReadOnlyList<Trial> Trials)> results)
    {
        var report = new Report(
            $"{options.GetValue(Targets)} targets × {options.GetValue(Issues)} issues, {options.GetValue(Latency)} ms latency, "
                + $"{options.GetValue(Workers)} worker process(es), median of {options.GetValue(Runs)} runs",
            "Contender", "issues/s", "of the bare loop", "lowest", "highest", "request to first, s", "request to last, s");
        var bare = results[0].Trials;
        foreach (var (contender, trials) in results)
        {
            var shares = trials.Zip(bare, (trial, other) => trial.Rate / other.Rate).ToList();
            report.Add(
                contender,
                Report.Number(trials.Select(trial => trial.Rate).Median(), "0.0"),
                Report.Number(shares.Median(), "0.000"),
                Report.Number(shares.Min(), "0.000"),
                Report.Number(shares.Max(), "0.000"),
                Report.Seconds(trials.Select(trial => trial.ToFirst).Median()),
                Report.Seconds(trials.Select(trial => trial.ToLast).Median()));
        }

        report.Write(machine);
        ProcessorReport.Write(machine, results);
    }
}
