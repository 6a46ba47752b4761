using Monarch.Benchmarks.Measuring;

namespace Monarch.Benchmarks.Reports;

/// <summary>What an issue costs, by how many there are; the first row is what the others are compared with.</summary>
static class GrowthReport
{
    const double MostProcessorTime = 1.15,
        MostMemory = 1.2,
        MostBytes = 250;

    // A kind of key that takes less everywhere is in the sum, but has no column.
    const double Least = 1;

    // Others hold what grows by its nature: Redis the ledgers, the sandbox the issues.
    static readonly string[] OurOwn = ["bridge", "worker"];

    public static void Write(string machine, int targets, IReadOnlyList<IReadOnlyList<Footprint>> rows)
    {
        WriteProcessorTime(machine, targets, rows);
        WriteMemory(machine, targets, rows);
        WriteRedis(machine, targets, rows);
    }

    static void WriteProcessorTime(string machine, int targets, IReadOnlyList<IReadOnlyList<Footprint>> rows)
    {
        IReadOnlyList<string> names = [.. rows[0][0].Processes.Select(process => process.Name)];
        var report = new Report(
            $"Processor time in ms per issue, {targets} targets; the bar: all together within {MostProcessorTime} of the first row",
            "Issues",
            ["runs", "issues/s", .. names, "together", "of the first", "met"]
        );
        var first = Together(rows[0]);
        foreach (var row in rows)
        {
            report.Add([
                $"{row[0].Issues}",
                $"{row.Count}",
                Report.Number(row.Select(run => run.Rate).Median(), "0"),
                .. names.Select((_, i) => Report.Number(row.Select(run => run.Processes[i].Milliseconds).Median(), "0.00")),
                Report.Number(Together(row), "0.00"),
                Report.Number(Together(row) / first, "0.00"),
                Report.Met(Together(row) <= MostProcessorTime * first),
            ]);
        }

        report.Write(machine);
    }

    static void WriteMemory(string machine, int targets, IReadOnlyList<IReadOnlyList<Footprint>> rows)
    {
        IReadOnlyList<string> names = [.. rows[0][0].Processes.Select(process => process.Name)];
        var report = new Report(
            $"Highest resident memory in MiB, {targets} targets; the bar: Monarch's own processes within {MostMemory} of the first row",
            "Issues",
            [.. names, "of the first, worst of our own", "met"]
        );
        foreach (var row in rows)
        {
            var worst = names
                .Index()
                .Where(process => OurOwn.Any(own => process.Item.StartsWith(own, StringComparison.Ordinal)))
                .Max(process => Peak(row, process.Index) / Peak(rows[0], process.Index));
            report.Add([
                $"{row[0].Issues}",
                .. names.Select((_, i) => Report.Number(Peak(row, i) / (1 << 20), "0")),
                Report.Number(worst, "0.00"),
                Report.Met(worst <= MostMemory),
            ]);
        }

        report.Write(machine);
    }

    static void WriteRedis(string machine, int targets, IReadOnlyList<IReadOnlyList<Footprint>> rows)
    {
        IReadOnlyList<string> kinds =
        [
            .. rows.SelectMany(row => row.SelectMany(run => run.Kept.Keys))
                .Distinct()
                .Order()
                .Where(kind => rows.Any(row => Kept(row, kind) >= Least)),
        ];
        var report = new Report(
            $"Redis, in bytes per issue, {targets} targets; the bar: {MostBytes} after the end, without the snapshot (bytes per issue of the source)",
            "Issues",
            ["most while running", "after the end", .. kinds, "snapshot", "met"]
        );
        foreach (var row in rows)
        {
            var kept = row.Select(run => run.KeptInAll).Median();
            report.Add([
                $"{row[0].Issues}",
                Report.Number(row.Select(run => run.WhileRunning).Median(), "0"),
                Report.Number(kept, "0"),
                .. kinds.Select(kind => Report.Number(Kept(row, kind), "0.0")),
                Report.Number(row.Select(run => run.Snapshot).Median(), "0"),
                Report.Met(kept <= MostBytes),
            ]);
        }

        report.Write(machine);
    }

    static double Kept(IReadOnlyList<Footprint> row, string kind) => row.Select(run => run.Kept.GetValueOrDefault(kind)).Median();

    static double Together(IReadOnlyList<Footprint> row) => row.Select(run => run.Processes.Sum(process => process.Milliseconds)).Median();

    static double Peak(IReadOnlyList<Footprint> row, int process) => row.Select(run => run.Processes[process].PeakMemory).Median();
}
