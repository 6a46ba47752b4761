using Monarch.Benchmarks.Contenders;
using Monarch.Sandbox.Model;

namespace Monarch.Benchmarks.Measuring;

/// <summary>A run under limits.</summary>
/// <param name="Trial">How it went.</param>
/// <param name="Samples">Samples of the sandbox's count of requests that exceeded a limit, oldest first.</param>
/// <param name="Forecasts">Samples of Monarch's forecast of the end, if it had one, oldest first.</param>
/// <param name="WhileLimited">Requests that were made although the account had to wait.</param>
sealed record LimitedTrial(
    Trial Trial,
    IReadOnlyList<(DateTimeOffset At, long Violations)> Samples,
    IReadOnlyList<(DateTimeOffset At, DateTimeOffset End)> Forecasts,
    long WhileLimited
)
{
    const int SamplesPerForecast = 10;
    const int WarmMinutes = 6;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public long Violations => Samples[^1].Violations;

    /// <summary>How far off each forecast was, as a share of the time that was left; those of the last tenth left out.</summary>
    public IReadOnlyList<double> ForecastErrors =>
        [
            .. Forecasts
                .Where(forecast => (Trial.Created[^1] - forecast.At) > Trial.ToLast * 0.1)
                .Select(forecast => Math.Abs((forecast.End - Trial.Created[^1]) / (Trial.Created[^1] - forecast.At))),
        ];

    /// <summary>The number of exceeded limits up to a time.</summary>
    public long ViolationsBy(DateTimeOffset time) => Samples.LastOrDefault(sample => sample.At <= time).Violations;

    /// <param name="enforced">What the sandbox allows.</param>
    /// <param name="configured">The limits that Monarch is configured with.</param>
    /// <param name="workers">Worker processes.</param>
    /// <param name="targets">Targets.</param>
    /// <param name="issues">Issues of the template.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<LimitedTrial> RunAsync(
        LimitedGitHub enforced,
        LimitedGitHub configured,
        int workers,
        int targets,
        int issues,
        CancellationToken cancellationToken
    )
    {
        await using var sandbox = await SandboxProcess.StartAsync(enforced.Latency);
        await using var hosts = await SeparateHosts.StartAsync(sandbox, workers, configured.MonarchSettings);

        // A worker's first requests are slow, which has nothing to do with limits. And what an account has never had in a minute it tries
        // creation by creation: after some minutes it knows all of it.
        var warmUp = ((configured.PerMinute * WarmMinutes) + targets - 1) / targets;
        await Trial.RunAsync(hosts, sandbox, await sandbox.AddSourceAsync(warmUp, cancellationToken), targets, cancellationToken);
        await Task.Delay(configured.PerHour is null ? configured.Minute : configured.Hour, TimeProvider.System, cancellationToken);
        await sandbox.LimitAsync(enforced.Enforced, cancellationToken);

        var source = await sandbox.AddSourceAsync(issues, cancellationToken);
        var running = Trial.RunAsync(hosts, sandbox, source, targets, cancellationToken);
        List<(DateTimeOffset At, long Violations)> samples = [];
        List<(DateTimeOffset At, DateTimeOffset End)> forecasts = [];
        while (!running.IsCompleted)
        {
            await LookAsync();
            if (samples.Count % SamplesPerForecast == 0 && await hosts.ExpectedEndAsync(cancellationToken) is { } end)
            {
                forecasts.Add((TimeProvider.System.GetUtcNow(), end));
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        var trial = await running;
        var last = await LookAsync();
        return new(trial, samples, forecasts, last.RequestsWhileLimited);

        async Task<RequestsView> LookAsync()
        {
            var now = await sandbox.RequestsAsync(cancellationToken);
            samples.Add((TimeProvider.System.GetUtcNow(), now.Violations.Values.Sum()));
            return now;
        }
    }
}
