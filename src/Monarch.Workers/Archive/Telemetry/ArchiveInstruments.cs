using System.Diagnostics.Metrics;
using Monarch.Workers.Archive.Events;

namespace Monarch.Workers.Archive.Telemetry;

/// <summary>What the archive counts.</summary>
sealed class ArchiveInstruments
{
    const int MaxPairs = 100;
    const int LongestName = 64;
    const string Other = "other";

    // From one sync of a fast disk to an event that waits while the disk is full.
    static readonly InstrumentAdvice<double> Waits = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    };

    readonly Meter _meter;
    readonly Counter<long> _received, _filed, _duplicates, _rejected, _bytes, _events;
    readonly Histogram<double> _duration, _syncDuration;
    readonly Lock _gate = new();
    readonly HashSet<(string Action, string Entity)> _pairs = [];

    public ArchiveInstruments(IMeterFactory meters)
    {
        _meter = meters.Create("Monarch");
        _received = _meter.CreateCounter<long>("monarch.archive.received", "{event}", "Events delivered to this process, redeliveries among them.");
        _filed = _meter.CreateCounter<long>("monarch.archive.filed", "{event}", "Events that became a durable file.");
        _duplicates = _meter.CreateCounter<long>("monarch.archive.duplicates", "{event}", "Events that had been filed before.");
        _rejected = _meter.CreateCounter<long>("monarch.archive.rejected", "{event}", "Messages that cannot be filed, by reason.");
        _bytes = _meter.CreateCounter<long>("monarch.archive.bytes", "By", "Bytes of the events that were filed.");
        _events = _meter.CreateCounter<long>("monarch.archive.events", "{event}", "Events that were filed, by action and entity.");
        _duration = _meter.CreateHistogram("monarch.archive.duration", "s", "Time from the delivery of an event to its durable file.", advice: Waits);
        _syncDuration = _meter.CreateHistogram("monarch.archive.sync.duration", "s", "Time that the disk took to make a batch of files durable.", advice: Waits);
        // A series that begins with its first count hides that count from increase().
        foreach (var counter in (Counter<long>[])[_received, _filed, _duplicates])
        {
            counter.Add(0);
        }

        foreach (var reason in Enum.GetValues<Rejection>())
        {
            _rejected.Add(0, Reason(reason));
        }
    }

    /// <summary>A message was delivered, for the first time or again.</summary>
    public void Received() => _received.Add(1);

    /// <summary>An event became a durable file.</summary>
    /// <param name="bytes">The size of its body.</param>
    public void Filed(long bytes)
    {
        _filed.Add(1);
        _bytes.Add(bytes);
    }

    /// <summary>An event had been filed before.</summary>
    public void Duplicate() => _duplicates.Add(1);

    /// <summary>A message is durably in <c>rejected/</c>.</summary>
    /// <param name="rejection">Why; each reason makes a series.</param>
    public void Rejected(Rejection? rejection) => _rejected.Add(1, Reason(rejection));

    /// <summary>A batch was made durable.</summary>
    /// <param name="duration">How long the disk took for it.</param>
    public void Synced(TimeSpan duration) => _syncDuration.Record(duration.TotalSeconds);

    /// <summary>An event was filed durably.</summary>
    /// <param name="duration">The time since it was delivered.</param>
    public void RecordDuration(TimeSpan duration) => _duration.Record(duration.TotalSeconds);

    /// <summary>
    /// An event names an action and an entity. The first hundred pairs of a process are counted by name, the rest and long names as <c>other</c>:
    /// publishers choose them freely.
    /// </summary>
    /// <param name="action">What happened, such as <c>created</c>.</param>
    /// <param name="entity">To what, such as <c>expense</c>.</param>
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
        _meter.CreateObservableGauge("monarch.archive.queue.messages", () => Known(count()), "{message}", "Messages that are ready in the archive's queue.");

    /// <summary>Exports the free space of the folder's file system.</summary>
    /// <param name="bytes">Returns it; null while it is not known.</param>
    public void ObserveFreeSpace(Func<long?> bytes) =>
        _meter.CreateObservableGauge("monarch.archive.free.space", () => Known(bytes()), "By", "Free space of the file system that holds the folder.");

    bool IsCounted(string action, string entity)
    {
        if (action.Length > LongestName || entity.Length > LongestName)
        {
            return false;
        }

        lock (_gate)
        {
            return _pairs.Contains((action, entity)) || (_pairs.Count < MaxPairs && _pairs.Add((action, entity)));
        }
    }

    static KeyValuePair<string, object?> Reason(Rejection? rejection) => new("reason", rejection switch
    {
        Rejection.Empty => "empty",
        Rejection.TooLarge => "too-large",
        Rejection.Encoding => "encoding",
        _ => "not-json",
    });

    // A gauge without a value has no series: better than one that shows an empty queue.
    static IEnumerable<Measurement<long>> Known(long? value) => value is { } known ? [new(known)] : [];
}
