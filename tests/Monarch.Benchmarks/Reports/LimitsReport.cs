using Monarch.Benchmarks.Measuring;

namespace Monarch.Benchmarks.Reports;

/// <summary>How much of the allowed pace was held.</summary>
static class LimitsReport
{
    const double Least = 0.98;

    public static void Write(string machine, IReadOnlyList<LimitedRow> rows)
    {
        var report = new Report(
            $"Limits that Monarch knows, in compressed time, from the first creation to the last; the bar: ≥ {Report.Number(Least, "0.00")} of the pace, 0 violations",
            "Limits", "workers", "issues", "took, s", "at the fastest, s", "share of the pace", "violations", "end forecast off by, median", "95 of 100", "met");
        foreach (var row in rows)
        {
            report.Add(
                Limits(row.GitHub),
                $"{row.Workers}",
                $"{row.Run.Trial.Issues}",
                Report.Seconds(row.Took),
                Report.Seconds(row.Fastest),
                Report.Number(row.Share, "0.000"),
                $"{row.Run.Violations}",
                Error(row, 0.5),
                Error(row, 0.95),
                Report.Met(row.Share >= Least && row.Run.Violations == 0));
        }

        report.Write(machine);
    }

    static string Error(LimitedRow row, double share) =>
        row.Run.ForecastErrors is { Count: > 0 } errors ? $"{Report.Number(errors.Percentile(share) * 100, "0.0")} %" : "none";

    static string Limits(LimitedGitHub gitHub)
    {
        var minute = $"{gitHub.PerMinute} in {Report.Number(gitHub.Minute.TotalSeconds, "0.#")} s";
        return gitHub.PerHour is { } perHour ? $"{minute}, {perHour} in {Report.Number(gitHub.Hour.TotalSeconds, "0.#")} s" : minute;
    }
}
