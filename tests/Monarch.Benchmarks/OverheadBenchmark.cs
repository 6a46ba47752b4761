using System.CommandLine;
using Monarch.Benchmarks.Contenders;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;

namespace Monarch.Benchmarks;

/// <summary>How much slower Monarch is than a loop that does nothing but post the issues, at GitHub's latency.</summary>
static class OverheadBenchmark
{
    static readonly RaceOptions Options = new(targets: 10, issues: 60, latency: 100);

    public static Command Create()
    {
        var command = new Command("overhead", "Rate against that of a bare loop, side by side in one run");
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
        result.Contender switch
        {
            SeparateHosts.Title => AtLeast(0.90, result.Share),
            SingleProcess.Title => AtLeast(0.95, result.Share),
            _ => null,
        };

    static (string Bar, bool Met) AtLeast(double least, double share) => ($"≥ {Report.Number(least, "0.00")} of the loop", share >= least);
}
