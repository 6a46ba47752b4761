using System.CommandLine;
using Monarch.Benchmarks.Contenders;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;
using Spectre.Console;

namespace Monarch.Benchmarks;

/// <summary>Whether many concurrent migrations are served in turn, with the memory of few.</summary>
static class CrowdBenchmark
{
    const int Parts = 10,
        PerMinute = 80;

    static readonly Option<int> Migrations = NumberOption.Create(
        "--migrations",
        "Migrations without limits; a tenth of them is measured first",
        500,
        least: Parts
    );
    static readonly Option<int> Limited = NumberOption.Create("--limited", "Migrations under GitHub's limits; 0: none", 50, least: 0);
    static readonly Option<int> Targets = NumberOption.Create("--targets", "Repositories of each migration", 40);
    static readonly Option<int> Issues = NumberOption.Create("--issues", "Issues of the template", 2);
    static readonly Option<int> Within = NumberOption.Create("--within", "Seconds in which they are requested", 60);
    static readonly Option<int> Minute = NumberOption.Create("--minute", "Milliseconds of GitHub's minute under limits", 3000);
    static readonly Option<int> Workers = NumberOption.Workers();

    public static Command Create()
    {
        var command = new Command("crowd", "Turns, memory and the API's answers while hundreds of migrations are requested within a minute")
        {
            Migrations,
            Limited,
            Targets,
            Issues,
            Within,
            Minute,
            Workers,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        var (all, limited) = (options.GetValue(Migrations), options.GetValue(Limited));
        var within = TimeSpan.FromSeconds(options.GetValue(Within));
        List<(string Name, CrowdTrial Trial)> rows = [];
        await AnsiConsole
            .Status()
            .StartAsync(
                "Starting the servers",
                async status =>
                {
                    await using (var sandbox = await SandboxProcess.StartAsync(TimeSpan.Zero))
                    await using (var hosts = await SeparateHosts.StartAsync(sandbox, options.GetValue(Workers), Unlimited.Settings))
                    {
                        status.Status("Warming up");
                        await RunAsync(hosts, sandbox, all / Parts, within / Parts);
                        foreach (var (count, time) in new[] { (all / Parts, within / Parts), (all, within) })
                        {
                            status.Status($"{count} migrations without limits");
                            rows.Add(($"{count} without limits", await RunAsync(hosts, sandbox, count, time)));
                        }
                    }

                    if (limited > 0)
                    {
                        status.Status($"{limited} migrations under limits");
                        var gitHub = new LimitedGitHub(
                            TimeSpan.FromMilliseconds(options.GetValue(Minute)),
                            TimeSpan.FromMilliseconds(options.GetValue(Minute)) * 60,
                            PerMinute,
                            PerHour: null
                        );
                        await using var sandbox = await SandboxProcess.StartAsync(gitHub.Latency);
                        await using var hosts = await SeparateHosts.StartAsync(sandbox, options.GetValue(Workers), gitHub.MonarchSettings);
                        await sandbox.LimitAsync(gitHub.Enforced, cancellationToken);
                        rows.Add(
                            (
                                $"{limited} under limits, a minute in {gitHub.Minute.TotalSeconds} s",
                                await RunAsync(hosts, sandbox, limited, within / Parts)
                            )
                        );
                    }
                }
            );
        CrowdReport.Write(machine, options.GetValue(Targets), options.GetValue(Issues), rows);

        Task<CrowdTrial> RunAsync(SeparateHosts hosts, SandboxProcess sandbox, int count, TimeSpan time) =>
            CrowdTrial.RunAsync(hosts, sandbox, count, options.GetValue(Targets), options.GetValue(Issues), time, cancellationToken);
    }
}
