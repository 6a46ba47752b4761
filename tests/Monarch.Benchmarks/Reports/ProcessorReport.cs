using Monarch.Benchmarks.Measuring;

namespace Monarch.Benchmarks.Reports;

/// <summary>What an issue costs, in each process. It includes what the processes do when idle.</summary>
static class ProcessorReport
{
    public static void Write(string machine, IEnumerable<RaceResult> results)
    {
        var report = new Report("Processor time, median of the runs", "Contender, process", "ms per issue");
        foreach (var (contender, trials, _) in results)
        {
            for (var i = 0; i < trials[0].ProcessorTime.Count; i++)
            {
                var used = trials.Select(trial => trial.ProcessorTime[i].Used.TotalMilliseconds / trial.Issues).Median();
                report.Add($"{contender}, {trials[0].ProcessorTime[i].Process}", Report.Number(used, "0.00"));
            }
        }

        report.Write(machine);
    }
}
