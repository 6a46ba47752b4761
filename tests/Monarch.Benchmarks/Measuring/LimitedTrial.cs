using Monarch.Benchmarks.Contenders;
using Monarch.Sandbox.Model;

namespace Monarch.Benchmarks.Measuring;

/// <summary>A run under limits.</summary>
/// <param name="Trial">How it went.</param>
/// <param name="Looks">The sandbox's count of requests that ran into a limit, again and again, oldest first.</param>
/// <param name="Forecasts">When Monarch said again and again that it would end, as far as it said so, oldest first.</param>
/// <param name="WhileLimited">Requests that were made though the account had been told to wait.</param>
sealed record LimitedTrial(
    Trial Trial, IReadOnlyList<(DateTimeOffset At, long Violations)> Looks, IReadOnlyList<(DateTimeOffset At, DateTimeOffset End)> Forecasts, long WhileLimited)
{
    const int LooksPerForecast = 10;
    const int WarmMinutes = 6;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public long Violations => Looks[^1].Violations;

    /// <summary>How far off each forecast was, as a share of the time that was left; those of the last tenth left out.</summary>
    public IReadOnlyList<double> ForecastErrors =>
    [
        .. Forecasts.Where(forecast => (Trial.Created[^1] - forecast.At) > Trial.ToLast * 0.1)
            .Select(forecast => Math.Abs((forecast.End - Trial.Created[^1]) / (Trial.Created[^1] - forecast.At))),
    ];

    /// <summary>How often a limit had been run into by a time.</summary>
    public long ViolationsBy(DateTimeOffset time) => Looks.LastOrDefault(look => look.At <= time).Violations;

    /// <param name="enforced">What the sandbox allows.</param>
    /// <param name="told">What Monarch is told that it allows.</param>
    /// <param name="workers">Worker processes.</param>
    /// <param name="targets">Targets.</param>
    /// <param name="issues">Issues of the template.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<LimitedTrial> RunAsync(
        LimitedGitHub enforced, LimitedGitHub told, int workers, int targets, int issues, CancellationToken cancellationToken)
    {
        await using var sandbox = await SandboxProcess.StartAsync(enforced.Latency);
        await using var hosts = await SeparateHosts.StartAsync(sandbox, workers, told.Told);

        // A worker's first requests are slow, which has nothing to do with limits. And what an account has never had in a minute it tries
        // creation by creation: after some minutes it knows all of it.
        var warmUp = ((told.PerMinute * WarmMinutes) + targets - 1) / targets;
        await Trial.RunAsync(hosts, sandbox, await sandbox.AddSourceAsync(warmUp, cancellationToken), targets, cancellationToken);
        await Task.Delay(told.PerHour is null ? told.Minute : told.Hour, TimeProvider.System, cancellationToken);
        await sandbox.LimitAsync(enforced.Enforced, cancellationToken);

        var source = await sandbox.AddSourceAsync(issues, cancellationToken);
        var running = Trial.RunAsync(hosts, sandbox, source, targets, cancellationToken);
        List<(DateTimeOffset At, long Violations)> looks = [];
        List<(DateTimeOffset At, DateTimeOffset End)> forecasts = [];
        while (!running.IsCompleted)
        {
            await LookAsync();
            if (looks.Count % LooksPerForecast == 0 && await hosts.ExpectedEndAsync(cancellationToken) is { } end)
            {
                forecasts.Add((TimeProvider.System.GetUtcNow(), end));
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        var trial = await running;
        var last = await LookAsync();
        return new(trial, looks, forecasts, last.RequestsWhileLimited);

        async Task<RequestsView> LookAsync()
        {
            var now = await sandbox.RequestsAsync(cancellationToken);
            looks.Add((TimeProvider.System.GetUtcNow(), now.Violations.Values.Sum()));
            return now;
        }
    }
}
