using System.Diagnostics.Metrics;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>The metrics of forwarding.</summary>
sealed class ForwardInstruments(IMeterFactory meters)
{
    readonly Counter<long> _forwarded = meters
        .Create("Monarch")
        .CreateCounter<long>("monarch.archive.forwarded", "{post}", "Posts of events to ARCHIVE_FORWARD_URL, by what became of them.");

    /// <summary>Counts a post.</summary>
    public void Forwarded(ForwardOutcome outcome) =>
        _forwarded.Add(1, new KeyValuePair<string, object?>("outcome", $"{outcome}".ToLowerInvariant()));
}
