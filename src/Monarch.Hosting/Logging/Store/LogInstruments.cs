using System.Diagnostics.Metrics;

namespace Monarch.Hosting.Logging.Store;

/// <summary>Counts stored and dropped log lines.</summary>
sealed class LogInstruments
{
    readonly Counter<long> _lines,
        _dropped;

    public LogInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("Monarch");
        _lines = meter.CreateCounter<long>("monarch.log.lines", "{line}", "Log lines that were written to the log store.");
        _dropped = meter.CreateCounter<long>("monarch.log.dropped", "{line}", "Log lines that were not written to the log store.");
    }

    public void Written(int count) => _lines.Add(count);

    public void Dropped(int count, LogLossReason reason) =>
        _dropped.Add(count, new KeyValuePair<string, object?>("reason", reason.ToString().ToLowerInvariant()));
}

/// <summary>Why lines were dropped.</summary>
enum LogLossReason
{
    /// <summary>More was logged than could be written.</summary>
    Overflow,

    /// <summary>Redis was unavailable.</summary>
    Unavailable,

    /// <summary>Redis was near its memory limit.</summary>
    Memory,

    /// <summary>Redis refused them for another reason, or they could not be rendered.</summary>
    Refused,

    /// <summary>The process ended before they were written.</summary>
    Stopped,
}
