using Monarch.Benchmarks.Measuring;

namespace Monarch.Benchmarks.Reports;

/// <summary>How fast the contenders of a race were, and what it cost them.</summary>
static class RaceReport
{
    /// <param name="machine">What it is true of.</param>
    /// <param name="race">What was run.</param>
    /// <param name="results">How it ended.</param>
    /// <param name="bar">A contender's bar in words, and whether it was met; null when it has none.</param>
    public static void Write(string machine, Race race, IReadOnlyList<RaceResult> results, Func<RaceResult, (string Bar, bool Met)?> bar)
    {
        var report = new Report(
            $"{race.Targets} targets × {race.Issues} issues, {race.Latency.TotalMilliseconds:0} ms latency, {race.Workers} worker process(es), median of {race.Runs} runs",
            "Contender",
            "issues/s",
            $"of the {results[0].Contender}",
            "lowest",
            "highest",
            "request to first, s",
            "request to last, s",
            "bar",
            "met"
        );
        foreach (var result in results)
        {
            var (least, met) = bar(result) is { } its ? (its.Bar, Report.Met(its.Met)) : ("", "");
            report.Add(
                result.Contender,
                Report.Number(result.Rate, "0.0"),
                Report.Number(result.Share, "0.000"),
                Report.Number(result.Shares.Min(), "0.000"),
                Report.Number(result.Shares.Max(), "0.000"),
                Report.Seconds(result.Trials.Select(trial => trial.ToFirst).Median()),
                Report.Seconds(result.Trials.Select(trial => trial.ToLast).Median()),
                least,
                met
            );
        }

        report.Write(machine);
        ProcessorReport.Write(machine, results);
    }
}
