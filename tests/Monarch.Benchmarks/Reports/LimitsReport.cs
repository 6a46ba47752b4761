using Monarch.Benchmarks.Measuring;

namespace Monarch.Benchmarks.Reports;

/// <summary>How much of the allowed pace was held.</summary>
static class LimitsReport
{
    const double Least = 0.98;
    const double MostOff = 0.15;

    public static void Write(string machine, IReadOnlyList<LimitedRow> rows)
    {
        var report = new Report(
            $"Limits that Monarch knows, in compressed time, from the first creation to the last; the bar: ≥ {Report.Number(Least, "0.00")} of the pace, 0 violations, and where the hour's limit is reached 95 of 100 forecasts of the end at most {Report.Number(MostOff * 100, "0")} % off",
            "Limits",
            "workers",
            "issues",
            "took, s",
            "at the fastest, s",
            "share of the pace",
            "violations",
            "its end foretold, off by",
            "95 of 100 at most",
            "met"
        );
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
                Off(row, 0.5),
                Off(row, 0.95),
                Report.Met(row.Share >= Least && row.Run.Violations == 0 && (row.GitHub.PerHour is null || row.Off(0.95) <= MostOff))
            );
        }

        report.Write(machine);
    }

    // Within a minute of three seconds a worker reports no progress.
    static string Off(LimitedRow row, double share) => row.GitHub.PerHour is null ? "" : $"{Report.Number(row.Off(share) * 100, "0.0")} %";

    static string Limits(LimitedGitHub gitHub)
    {
        var minute = $"{gitHub.PerMinute} in {Report.Number(gitHub.Minute.TotalSeconds, "0.#")} s";
        return gitHub.PerHour is { } perHour ? $"{minute}, {perHour} in {Report.Number(gitHub.Hour.TotalSeconds, "0.#")} s" : minute;
    }
}
