using System.Diagnostics.Metrics;
using Monarch.Workers.Archive.Events;

namespace Monarch.Workers.Archive.Telemetry;

/// <summary>The archive's metrics.</summary>
sealed class ArchiveInstruments
{
    const int MaxCombinations = 100;
    const int LongestName = 64;
    const string Other = "other";

    // From one sync of a fast disk to an event that waits for a full disk.
    static readonly InstrumentAdvice<double> Waits = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    };

    readonly Meter _meter;
    readonly Counter<long> _received,
        _filed,
        _duplicates,
        _rejected,
        _bytes,
        _events;
    readonly Histogram<double> _duration,
        _syncDuration;
    readonly Lock _gate = new();
    readonly HashSet<(string Action, string Entity)> _combinations = [];

    public ArchiveInstruments(IMeterFactory meters)
    {
        _meter = meters.Create("Monarch");
        _received = _meter.CreateCounter<long>(
            "monarch.archive.received",
            "{event}",
            "Events delivered to this process, redeliveries among them."
        );
        _filed = _meter.CreateCounter<long>("monarch.archive.filed", "{event}", "Events that became a durable file.");
        _duplicates = _meter.CreateCounter<long>("monarch.archive.duplicates", "{event}", "Events that had been filed before.");
        _rejected = _meter.CreateCounter<long>("monarch.archive.rejected", "{event}", "Messages that cannot be filed, by reason.");
        _bytes = _meter.CreateCounter<long>("monarch.archive.bytes", "By", "Bytes of the events that were filed.");
        _events = _meter.CreateCounter<long>("monarch.archive.events", "{event}", "Events that were filed, by action and entity.");
        _duration = _meter.CreateHistogram(
            "monarch.archive.duration",
            "s",
            "Time from the delivery of an event to its durable file.",
            advice: Waits
        );
        _syncDuration = _meter.CreateHistogram(
            "monarch.archive.sync.duration",
            "s",
            "Time that the disk took to make a batch of files durable.",
            advice: Waits
        );
        // A series that starts with its first count hides that count from increase().
        foreach (var counter in (Counter<long>[])[_received, _filed, _duplicates])
        {
            counter.Add(0);
        }

        foreach (var reason in Enum.GetValues<Rejection>())
        {
            _rejected.Add(0, Reason(reason));
        }
    }

    /// <summary>Counts a delivery, including redeliveries.</summary>
    public void Received() => _received.Add(1);

    /// <summary>Counts an event that became a durable file.</summary>
    /// <param name="bytes">The size of its body.</param>
    public void Filed(long bytes)
    {
        _filed.Add(1);
        _bytes.Add(bytes);
    }

    /// <summary>Counts an event that had been filed before.</summary>
    public void Duplicate() => _duplicates.Add(1);

    /// <summary>Counts a message that is durably in <c>rejected/</c>.</summary>
    /// <param name="rejection">The reason; each makes a series.</param>
    public void Rejected(Rejection? rejection) => _rejected.Add(1, Reason(rejection));

    /// <summary>Records that a batch was made durable.</summary>
    /// <param name="duration">The time that the disk took.</param>
    public void Synced(TimeSpan duration) => _syncDuration.Record(duration.TotalSeconds);

    /// <summary>Records the filing of an event.</summary>
    /// <param name="duration">The time from its delivery to its durable file.</param>
    public void RecordDuration(TimeSpan duration) => _duration.Record(duration.TotalSeconds);

    /// <summary>
    /// Counts an event by action and entity. The first hundred combinations of a process are counted by name, the rest and long names as
    /// <c>other</c>, because publishers choose them freely.
    /// </summary>
    /// <param name="action">The action, such as <c>created</c>.</param>
    /// <param name="entity">The entity, such as <c>expense</c>.</param>
    public void RecordEvent(string action, string entity)
    {
        if (!IsCounted(action, entity))
        {
            (action, entity) = (Other, Other);
        }

        _events.Add(1, new KeyValuePair<string, object?>("action", action), new KeyValuePair<string, object?>("entity", entity));
    }

    /// <summary>Exports the number of messages that wait in the queue.</summary>
    /// <param name="count">Returns it; null while it is not known.</param>
    public void ObserveQueue(Func<long?> count) =>
        _meter.CreateObservableGauge(
            "monarch.archive.queue.messages",
            () => Known(count()),
            "{message}",
            "Messages that are ready in the archive's queue."
        );

    /// <summary>Exports the free space of the folder's file system.</summary>
    /// <param name="bytes">Returns it; null while it is not known.</param>
    public void ObserveFreeSpace(Func<long?> bytes) =>
        _meter.CreateObservableGauge(
            "monarch.archive.free.space",
            () => Known(bytes()),
            "By",
            "Free space of the file system that holds the folder."
        );

    bool IsCounted(string action, string entity)
    {
        if (action.Length > LongestName || entity.Length > LongestName)
        {
            return false;
        }

        lock (_gate)
        {
            return _combinations.Contains((action, entity))
                || (_combinations.Count < MaxCombinations && _combinations.Add((action, entity)));
        }
    }

    static KeyValuePair<string, object?> Reason(Rejection? rejection) =>
        new(
            "reason",
            rejection switch
            {
                Rejection.Empty => "empty",
                Rejection.TooLarge => "too-large",
                Rejection.Encoding => "encoding",
                _ => "not-json",
            }
        );

    // A gauge without a value has no series, which is better than showing an empty queue.
    static IEnumerable<Measurement<long>> Known(long? value) => value is { } known ? [new(known)] : [];
}
