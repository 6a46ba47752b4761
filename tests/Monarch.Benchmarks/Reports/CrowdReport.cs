using Monarch.Benchmarks.Measuring;

namespace Monarch.Benchmarks.Reports;

/// <summary>The results of concurrent migrations; the first row is the reference for the memory of the others.</summary>
static class CrowdReport
{
    const double MostWait = 1.1,
        MostMemory = 1.2;

    static readonly TimeSpan LongestList = TimeSpan.FromMilliseconds(100);

    public static void Write(string machine, int targets, int issues, IReadOnlyList<(string Name, CrowdTrial Trial)> rows)
    {
        WriteTurns(machine, targets, issues, rows);
        WriteMemory(machine, rows);
    }

    static void WriteTurns(string machine, int targets, int issues, IReadOnlyList<(string Name, CrowdTrial Trial)> rows)
    {
        var report = new Report(
            $"Migrations of {targets} repositories × {issues} issues. The wait for a request's first issue is compared with the time in which all issues "
                + $"of the requests up to it are created, whichever they are; the bar: at most {Report.Number(MostWait, "0.0")} for every request, "
                + $"and a list of a hundred migrations within {LongestList.TotalMilliseconds} ms for 95 of 100 answers",
            "Migrations",
            [
                "issues/s",
                "to first issue, p50 s",
                "p95 s",
                "last request, s",
                "of the allowed wait, last request",
                "worst",
                "to the end, s",
                "list p50, ms",
                "p95, ms",
                "met",
            ]
        );
        foreach (var (name, run) in rows)
        {
            var waits = run.Requests.Select(request => request.First - request.Asked).ToList();
            var list = run.Lists.Percentile(0.95);
            report.Add(
                name,
                Report.Number(run.Rate, "0"),
                Report.Seconds(waits.Median()),
                Report.Seconds(waits.Percentile(0.95)),
                Report.Seconds(waits[^1]),
                Report.Number(run.Waits[^1], "0.00"),
                Report.Number(run.Waits.Max(), "0.00"),
                Report.Seconds(run.Created[^1] - run.Requests[0].Asked),
                Report.Milliseconds(run.Lists.Median()),
                Report.Milliseconds(list),
                Report.Met(run.Waits.Max() <= MostWait && list <= LongestList)
            );
        }

        report.Write(machine);
    }

    static void WriteMemory(string machine, IReadOnlyList<(string Name, CrowdTrial Trial)> rows)
    {
        var (first, names) = (rows[0].Trial, rows[0].Trial.Processes.Select(process => process.Name).ToList());
        var report = new Report(
            $"Highest resident memory in MiB, and Redis' in KiB a migration; the bar: each process within {MostMemory} of the first row",
            "Migrations",
            [.. names, "of the first, worst", "Redis, most while running", "Redis, after the end", "met"]
        );
        foreach (var (name, run) in rows)
        {
            var worst = run.Processes.Zip(first.Processes, (process, of) => (double)process.PeakMemory / of.PeakMemory).Max();
            report.Add([
                name,
                .. run.Processes.Select(process => Report.Number(process.PeakMemory / (double)(1 << 20), "0")),
                Report.Number(worst, "0.00"),
                Report.Number(run.RedisPeak / 1024.0 / run.Requests.Count, "0.0"),
                Report.Number(run.RedisKept / 1024.0 / run.Requests.Count, "0.0"),
                Report.Met(worst <= MostMemory),
            ]);
        }

        report.Write(machine);
    }
}
