using System.CommandLine;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;
using Spectre.Console;

namespace Monarch.Benchmarks;

/// <summary>How much of what GitHub allows is used, and that no more is asked for.</summary>
static class LimitsBenchmark
{
    const int PerMinute = 80,
        PerHour = 500,
        HiddenPerMinute = 50;

    static readonly Option<int> Targets = NumberOption.Create("--targets", "Targets of each run", 20);
    static readonly Option<int> Minute = NumberOption.Create("--minute", "Milliseconds of a minute", 3000);
    static readonly Option<int> Hour = NumberOption.Create("--hour", "Seconds of an hour", 60);
    static readonly Option<int> Minutes = NumberOption.Create("--minutes", "Minutes of each run below the hour's limit", 24, least: 2);
    static readonly Option<int> Hours = NumberOption.Create("--hours", "Hours of the run against a hidden limit; 0: none", 3, least: 0);
    static readonly Option<bool> NoHour = new("--no-hour") { Description = "Leave the run out that reaches the hour's limit" };
    static readonly Option<int[]> Workers = new("--workers")
    {
        Description = "Worker processes, one run after the other",
        DefaultValueFactory = _ => [1, 2, 4, 8],
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        var command = new Command("limits", "Share of GitHub's limits that is used, and how often they are run into, in compressed time")
        {
            Workers,
            Targets,
            Minute,
            Hour,
            Minutes,
            Hours,
            NoHour,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        var (minute, hour) = (TimeSpan.FromMilliseconds(options.GetValue(Minute)), TimeSpan.FromSeconds(options.GetValue(Hour)));
        var (workers, targets) = (options.GetValue(Workers)!, options.GetValue(Targets));
        var minuteOnly = new LimitedGitHub(minute, hour, PerMinute, PerHour: null);
        List<LimitedRow> rows = [];
        LimitedTrial? hidden = null;
        await AnsiConsole
            .Status()
            .StartAsync(
                "Starting the servers",
                async status =>
                {
                    foreach (var count in workers)
                    {
                        status.Status($"{count} worker process(es) at the minute's limit");
                        await AddAsync(minuteOnly, count, PerMinute * options.GetValue(Minutes));
                    }

                    if (!options.GetValue(NoHour))
                    {
                        status.Status("At the hour's limit");
                        await AddAsync(minuteOnly with { PerHour = PerHour }, workers.Max(), PerHour + (PerMinute * 2));
                    }

                    if (options.GetValue(Hours) is > 0 and var hours)
                    {
                        status.Status("At a limit that is not configured");
                        var enforced = minuteOnly with { PerMinute = HiddenPerMinute };
                        var issues = (int)(HiddenPerMinute * hours * (hour / minute)) / targets;
                        hidden = await LimitedTrial.RunAsync(enforced, minuteOnly, workers.Max(), targets, issues, cancellationToken);
                    }

                    async Task AddAsync(LimitedGitHub gitHub, int count, int creations)
                    {
                        rows.Add(
                            new(
                                gitHub,
                                count,
                                await LimitedTrial.RunAsync(gitHub, gitHub, count, targets, creations / targets, cancellationToken)
                            )
                        );
                    }
                }
            );
        LimitsReport.Write(machine, rows);
        if (hidden is not null)
        {
            HiddenLimitReport.Write(machine, minuteOnly with { PerMinute = HiddenPerMinute }, minuteOnly, workers.Max(), hidden);
        }
    }
}
