using System.Diagnostics.Metrics;

namespace Monarch.Hosting.Processes;

/// <summary>Metrics of heartbeats and hangs.</summary>
sealed class ProcessInstruments
{
    public const string ThreadPool = "thread_pool";
    public const string Loop = "loop";
    public const string UnknownRole = "unknown";

    readonly Meter _meter;
    readonly Counter<long> _missed,
        _resumed,
        _hangs;

    public ProcessInstruments(IMeterFactory meters)
    {
        _meter = meters.Create("Monarch");
        _missed = _meter.CreateCounter<long>(
            "monarch.process.missed",
            "{process}",
            "Processes whose heartbeat was missed; each counts once, at the host that detected it."
        );
        _resumed = _meter.CreateCounter<long>(
            "monarch.process.resumed",
            "{process}",
            "How often the heartbeat of this process resumed after it was missed."
        );
        _hangs = _meter.CreateCounter<long>(
            "monarch.watchdog.hangs",
            "{hang}",
            "Hangs that the watchdog of this process has detected, by part."
        );
        // A series that begins with its first count hides that count from increase().
        _resumed.Add(0);
        foreach (var part in (string[])[ThreadPool, Loop])
        {
            _hangs.Add(0, Part(part));
        }
    }

    /// <summary>Creates the series of missed heartbeats at the start, on hosts that detect them.</summary>
    public void WatchOthers()
    {
        foreach (var role in (string[])["bridge", "workers", "serve", "usher", UnknownRole])
        {
            _missed.Add(0, Role(role));
        }
    }

    /// <summary>Counts a missed heartbeat.</summary>
    /// <param name="role">The role of the process; <c>unknown</c> when its last heartbeat has expired.</param>
    public void Missed(string role) => _missed.Add(1, Role(role));

    /// <summary>Counts that the heartbeat of this process resumed after it was missed.</summary>
    public void Resumed() => _resumed.Add(1);

    /// <summary>Counts a hang.</summary>
    /// <param name="part">The part that hangs.</param>
    public void Hangs(string part) => _hangs.Add(1, Part(part));

    /// <summary>Exports the age of this process' last heartbeat.</summary>
    public void ObserveHeartbeat(Func<TimeSpan?> age) =>
        _meter.CreateObservableGauge(
            "monarch.process.heartbeat.age",
            () => Known(age()),
            "s",
            "Time since this process last wrote its heartbeat."
        );

    /// <summary>Exports how long a work item waits for a thread.</summary>
    public void ObserveDelay(Func<TimeSpan> delay) =>
        _meter.CreateObservableGauge(
            "monarch.watchdog.delay",
            () => delay().TotalSeconds,
            "s",
            "How long the watchdog's latest work item has waited for a thread of the pool."
        );

    static IEnumerable<Measurement<double>> Known(TimeSpan? value) => value is { } known ? [new(known.TotalSeconds)] : [];

    static KeyValuePair<string, object?> Part(string part) => new("part", part);

    static KeyValuePair<string, object?> Role(string role) => new("role", role);
}
