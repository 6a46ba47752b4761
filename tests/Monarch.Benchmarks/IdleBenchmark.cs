using System.CommandLine;
using Monarch.Benchmarks.Contenders;
using Monarch.Benchmarks.Measuring;
using Monarch.Benchmarks.Reports;
using Monarch.Testing;
using Spectre.Console;

namespace Monarch.Benchmarks;

/// <summary>What the processes cost that have nothing to do.</summary>
static class IdleBenchmark
{
    const double MostProcessorSeconds = 0.6;
    const double MostCommands = 60;

    // What a migration leaves behind, such as a process' last garbage, is not idleness.
    static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    static readonly Option<int> Seconds = NumberOption.Create("--seconds", "How long nothing is done", 60);
    static readonly Option<int> Workers = NumberOption.Workers();

    public static Command Create()
    {
        var command = new Command(
            "idle",
            "Processor time, Redis commands and memory of processes that have nothing to do, after a migration"
        )
        {
            Seconds,
            Workers,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        var time = TimeSpan.FromSeconds(options.GetValue(Seconds));
        var report = new Report(
            $"{time.TotalSeconds:0} s with nothing to do, as per minute; the bars: {MostProcessorSeconds} s of processor time and {MostCommands} Redis commands a minute",
            "Process",
            "processor time, s a minute",
            "Redis commands a minute",
            "resident, MiB",
            "met"
        );
        await AnsiConsole
            .Status()
            .StartAsync(
                "Starting the servers",
                async status =>
                {
                    await using var sandbox = await SandboxProcess.StartAsync(TimeSpan.Zero);
                    var source = await sandbox.AddSourceAsync(10, cancellationToken);
                    await using var separate = await SeparateHosts.StartAsync(sandbox, options.GetValue(Workers));
                    await using var redis = await RedisServer.StartAsync(new() { AppendOnly = true, EverySecond = true });
                    await OldEpoch.WriteAsync(redis.Port);
                    await using var single = await SingleProcess.StartAsync(sandbox, redis);
                    await using var separateTraffic = await RedisTraffic.StartAsync(separate.Redis);
                    await using var singleTraffic = await RedisTraffic.StartAsync(redis);
                    List<(MeasuredProcess Process, RedisTraffic Traffic)> processes =
                    [
                        .. separate.Hosts.Select(process => (process, separateTraffic)),
                        .. single.Hosts.Select(process => (process, singleTraffic)),
                    ];

                    status.Status("Giving them something to do");
                    await Trial.RunAsync(separate, sandbox, source, targets: 2, cancellationToken);
                    await Trial.RunAsync(single, sandbox, source, targets: 2, cancellationToken);
                    await Task.Delay(Settling, TimeProvider.System, cancellationToken);

                    status.Status($"Doing nothing for {time.TotalSeconds:0} s");
                    var before = await LookAsync(processes);
                    await Task.Delay(time, TimeProvider.System, cancellationToken);
                    var after = await LookAsync(processes);

                    for (var i = 0; i < processes.Count; i++)
                    {
                        var minutes = (after[i].At - before[i].At).TotalMinutes;
                        var used = (after[i].Used - before[i].Used).TotalSeconds / minutes;
                        var commands = (after[i].Commands - before[i].Commands) / minutes;
                        report.Add(
                            processes[i].Process.Name,
                            Report.Number(used, "0.00"),
                            Report.Number(commands, "0"),
                            Report.Number(processes[i].Process.Memory / (1024.0 * 1024), "0"),
                            Report.Met(used <= MostProcessorSeconds && commands <= MostCommands)
                        );
                    }
                }
            );
        report.Write(machine);
    }

    static async Task<IReadOnlyList<(DateTimeOffset At, TimeSpan Used, int Commands)>> LookAsync(
        List<(MeasuredProcess Process, RedisTraffic Traffic)> processes
    )
    {
        List<(DateTimeOffset At, TimeSpan Used, int Commands)> samples = [];
        foreach (var (process, traffic) in processes)
        {
            samples.Add((TimeProvider.System.GetUtcNow(), process.ProcessorTime, await traffic.CountAsync(process)));
        }

        return samples;
    }
}
