using Monarch.Benchmarks.Measuring;

namespace Monarch.Benchmarks.Reports;

/// <summary>How Monarch adapted to a limit that is lower than the configured one.</summary>
static class HiddenLimitReport
{
    const int MostAtFirst = 5,
        MostLater = 1;
    const double Least = 0.85;

    public static void Write(string machine, LimitedGitHub enforced, LimitedGitHub configured, int workers, LimitedTrial run)
    {
        var report = new Report(
            $"A limit of {enforced.PerMinute} in {Report.Number(enforced.Minute.TotalSeconds, "0.#")} s that is not configured ({configured.PerMinute} is), {workers} worker processes; "
                + $"the bars: at most {MostAtFirst} violations in the first hour ({enforced.Hour.TotalSeconds:0} s), {MostLater} in each later one, ≥ {Report.Number(Least, "0.00")} of the pace then",
            "Hour",
            "creations",
            "share of the pace",
            "violations",
            "met"
        );
        var (first, last) = (run.Trial.Created[0], run.Trial.Created[^1]);
        var number = 0;
        for (var from = first; from + (enforced.Hour / 2) < last; from += enforced.Hour)
        {
            number++;
            var to = from + enforced.Hour < last ? from + enforced.Hour : last;
            var creations = run.Trial.Created.Count(at => at > from && at <= to);
            var share = creations / (enforced.PerMinute * ((to - from) / enforced.Minute));
            var violations = run.ViolationsBy(to) - run.ViolationsBy(from);
            report.Add(
                $"{number}",
                $"{creations}",
                Report.Number(share, "0.000"),
                $"{violations}",
                Report.Met(number == 1 ? violations <= MostAtFirst : violations <= MostLater && share >= Least)
            );
        }

        report.Write(machine);
    }
}
