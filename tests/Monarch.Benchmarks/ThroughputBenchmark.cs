using System.CommandLine;
using Monarch.Benchmarks.Contenders;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;

namespace Monarch.Benchmarks;

/// <summary>The number of issues per second that Monarch itself can process, with a GitHub without latency.</summary>
static class ThroughputBenchmark
{
    const int Least = 400;

    static readonly RaceOptions Options = new(targets: 40, issues: 50, latency: 0);

    public static Command Create()
    {
        var command = new Command("throughput", "Issues a second and processor time per issue at a sandbox without latency and limits");
        Options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        var race = Options.Read(options);
        RaceReport.Write(machine, race, await race.RunAsync(cancellationToken), Bar);
    }

    static (string Bar, bool Met)? Bar(RaceResult result) =>
        result.Contender == SeparateHosts.Title ? ($"≥ {Least} issues/s", result.Rate >= Least) : null;
}
