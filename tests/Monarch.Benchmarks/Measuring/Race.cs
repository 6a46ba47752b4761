using Monarch.Benchmarks.Contenders;
using Spectre.Console;

namespace Monarch.Benchmarks.Measuring;

/// <summary>Contenders copy the same issues in turns, so that what else the machine does meets all of them.</summary>
/// <param name="Runs">Runs of each contender that count.</param>
/// <param name="Targets">Targets of each run, all of them fresh.</param>
/// <param name="Issues">Issues of the template.</param>
/// <param name="Latency">What every answer of the sandbox takes.</param>
/// <param name="Workers">Worker processes on RabbitMQ and Redis.</param>
sealed record Race(int Runs, int Targets, int Issues, TimeSpan Latency, int Workers)
{
    /// <returns>The trials of each contender, those of the bare loop first.</returns>
    public Task<IReadOnlyList<RaceResult>> RunAsync(CancellationToken cancellationToken) =>
        RunAsync(
            [
                sandbox => Task.FromResult<Contender>(new BareLoop(sandbox)),
                async sandbox => await SeparateHosts.StartAsync(sandbox, Workers),
                async sandbox => await SingleProcess.StartAsync(sandbox),
            ],
            cancellationToken
        );

    /// <param name="starts">Start the contenders; the shares are those of the first one's rate.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The trials of each contender, in the same order.</returns>
    public async Task<IReadOnlyList<RaceResult>> RunAsync(
        IReadOnlyList<Func<SandboxProcess, Task<Contender>>> starts,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<RaceResult> results = [];
        await AnsiConsole
            .Status()
            .StartAsync(
                "Starting the servers",
                async status =>
                {
                    await using var sandbox = await SandboxProcess.StartAsync(Latency);
                    var source = await sandbox.AddSourceAsync(Issues, cancellationToken);
                    var contenders = new List<(Contender Contender, List<Trial> Trials)>();
                    try
                    {
                        foreach (var start in starts)
                        {
                            contenders.Add((await start(sandbox), []));
                        }

                        // The first run warms up and does not count.
                        for (var run = 0; run <= Runs; run++)
                        {
                            foreach (var (contender, trials) in contenders)
                            {
                                status.Status(run == 0 ? $"Warming up: {contender.Name}" : $"Run {run} of {Runs}: {contender.Name}");
                                var trial = await Trial.RunAsync(contender, sandbox, source, Targets, cancellationToken);
                                if (run > 0)
                                {
                                    trials.Add(trial);
                                }
                            }
                        }
                    }
                    finally
                    {
                        foreach (var (contender, _) in contenders)
                        {
                            await contender.DisposeAsync();
                        }
                    }

                    var first = contenders[0].Trials;
                    results = contenders.ConvertAll(x => new RaceResult(
                        x.Contender.Name,
                        x.Trials,
                        [.. x.Trials.Zip(first, (trial, other) => trial.Rate / other.Rate)]
                    ));
                }
            );
        return results;
    }
}
