using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing.Files;
using Monarch.Workers.Archive.Settings;

namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>
/// Files of many events, one per line. The id of a message is recorded after its line: after a crash in between, a redelivery makes a
/// second line with the same id.
/// </summary>
sealed class SegmentStore(IArchiveFiles files, ArchiveOptions options, TimeProvider time) : IEventStore
{
    /// <summary>The folder of the segments.</summary>
    public const string Folder = "segments";

    /// <summary>The suffix of segments.</summary>
    public const string Suffix = ".ndjson";

    readonly EventStore _others = new(files, options, time);
    readonly FileClock _clock = new(time, options.IsUtc);
    readonly ArrayBufferWriter<byte> _lines = new();
    string? _segment;

    /// <inheritdoc/>
    public void Open()
    {
        // The previous segment may be incomplete.
        _segment = null;
        files.CreateFolder(Folder);
        _others.Open();
    }

    /// <inheritdoc/>
    public void Store(IReadOnlyList<PendingEvent> batch)
    {
        HashSet<string> digests = new(StringComparer.Ordinal);
        List<PendingEvent> events = [],
            rejected = [];
        foreach (var pending in batch)
        {
            if (pending.Reason is not null)
            {
                rejected.Add(pending);
            }
            else if (pending.Path is null && pending.Digest is { } digest && (!digests.Add(digest) || _others.Knows(digest)))
            {
                pending.Outcome = FilingOutcome.Duplicate;
            }
            else
            {
                events.Add(pending);
            }
        }

        Append([.. events.Where(x => x.Path is null)]);
        foreach (var digest in events.Select(x => x.Digest).OfType<string>())
        {
            _others.Record(digest);
        }

        _others.Store(rejected);
        foreach (var pending in events)
        {
            pending.Outcome = FilingOutcome.Filed;
        }
    }

    /// <inheritdoc/>
    public void CleanUp() => _others.CleanUp();

    /// <inheritdoc/>
    public long FreeBytes() => files.FreeBytes();

    /// <inheritdoc/>
    public void Dispose() => _others.Dispose();

    void Append(List<PendingEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        // Removes the lines of a failed append.
        _lines.ResetWrittenCount();
        foreach (var pending in events)
        {
            AddLine(pending);
        }

        var segment = _segment ?? $"{Folder}/{new EventFileName(_clock.Next(), _others.ProcessName, Suffix)}";
        var length = files.Append(segment, _lines.WrittenSpan);
        if (_segment is null)
        {
            files.SyncFolder(Folder);
        }

        foreach (var pending in events)
        {
            pending.Path = segment;
        }

        _segment = length < options.SegmentBytes ? segment : null;
    }

    void AddLine(PendingEvent pending)
    {
        using (var json = new Utf8JsonWriter(_lines, new() { SkipValidation = true }))
        {
            json.WriteStartObject();
            var at = options.IsUtc ? time.GetUtcNow() : time.GetLocalNow();
            json.WriteString("time", at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture));
            json.WriteString("routingKey", pending.Published.RoutingKey);
            if (pending.Published.MessageId is { Length: > 0 } id)
            {
                json.WriteString("messageId", id);
            }

            json.WritePropertyName("event");
            json.WriteRawValue(JsonText.OnOneLine(pending.Content.Span), skipInputValidation: true);
            json.WriteEndObject();
        }

        _lines.Write("\n"u8);
    }
}
