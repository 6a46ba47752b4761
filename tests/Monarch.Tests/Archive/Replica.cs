using System.Text;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing.Stores;
using Monarch.Workers.Archive.Settings;

namespace Monarch.Tests.Archive;

/// <summary>One archive on a simulated disk, without a bus.</summary>
sealed class Replica
{
    readonly SimulatedFiles.Access _files;
    readonly IEventStore _store;

    public Replica(SimulatedFiles disk, TimeProvider time, ArchiveOptions? options = null)
    {
        options ??= new();
        _files = disk.Open();
        _store = options.HasSegments ? new SegmentStore(_files, options, time) : new EventStore(_files, options, time);
    }

    /// <summary>Starts it.</summary>
    public Replica Start()
    {
        _store.Open();
        return this;
    }

    /// <summary>Starts it again after a failure.</summary>
    public void Reopen() => _store.Open();

    /// <summary>Delivers messages, and acknowledges those that were stored.</summary>
    /// <param name="messages">The messages; those that are acknowledged are removed.</param>
    public IReadOnlyList<FilingOutcome> Deliver(ICollection<PublishedEvent> messages)
    {
        var batch = messages.Select(Prepare).ToList();
        _store.Store(batch);
        messages.Clear();
        _store.CleanUp();
        return [.. batch.Select(x => x.Outcome!.Value)];
    }

    /// <summary>Delivers unacknowledged events again: the same objects in memory, as in a retry of the archive.</summary>
    public IReadOnlyList<FilingOutcome> Deliver(List<PendingEvent> batch)
    {
        _store.Store(batch);
        _store.CleanUp();
        return [.. batch.Select(x => x.Outcome!.Value)];
    }

    /// <summary>Stops gracefully.</summary>
    public void Stop() => _store.Dispose();

    /// <summary>Kills it.</summary>
    public void Kill() => _files.Kill();

    public static PendingEvent Prepare(PublishedEvent published) =>
        new(published)
        {
            Content = published.Body,
            Digest = MessageDigest.Of(published),
            Reason = published.Body.Span[0] == '{' ? null : "{\"reason\":\"not JSON\"}"u8.ToArray(),
        };

    public static PublishedEvent Message(string? id, string body, string key = "expense.created") =>
        new()
        {
            Exchange = "expenses_exchange",
            RoutingKey = key,
            MessageId = id,
            Body = Encoding.UTF8.GetBytes(body),
        };
}
