using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing.Stores;

namespace Monarch.Workers.Archive.Reading;

/// <summary>
/// Lists archived events in the order of their times. Memory holds the matching names of one folder, and one line of each open segment.
/// </summary>
/// <param name="folder">The archive's folder.</param>
/// <param name="filter">Selects the events.</param>
/// <param name="zone">The time zone of file names.</param>
/// <param name="skipped">Receives entries that cannot be read as events.</param>
sealed class ArchiveListing(string folder, ListFilter filter, TimeZoneInfo zone, Action<ArchiveFinding> skipped)
{
    /// <summary>
    /// The events in ascending order. The lines of a segment keep their order, even if the clock was set back between them.
    /// </summary>
    /// <exception cref="IOException">A folder or a segment cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder or a segment may not be read.</exception>
    public IEnumerable<ListedEvent> Events()
    {
        var next = new PriorityQueue<IEnumerator<ListedEvent>, ListedEvent>(
            Comparer<ListedEvent>.Create((a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : string.CompareOrdinal(a.Path, b.Path))
        );
        try
        {
            foreach (var (earliest, events) in Sources())
            {
                // Opened when its first event is due.
                next.Enqueue(events.GetEnumerator(), new(earliest, ""));
            }

            var isOpened = new HashSet<IEnumerator<ListedEvent>>(ReferenceEqualityComparer.Instance);
            while (next.TryDequeue(out var source, out var first))
            {
                if (!isOpened.Add(source))
                {
                    yield return first;
                }

                if (source.MoveNext())
                {
                    next.Enqueue(source, source.Current);
                }
                else
                {
                    isOpened.Remove(source);
                    source.Dispose();
                }
            }
        }
        finally
        {
            while (next.TryDequeue(out var source, out _))
            {
                source.Dispose();
            }
        }
    }

    IEnumerable<(DateTime Earliest, IEnumerable<ListedEvent> Events)> Sources()
    {
        var flat = new List<ListedEvent>();
        foreach (var entry in ArchiveFolder.Entries(folder))
        {
            if (entry is FileInfo)
            {
                AddFile(flat, entry.Name, entry.Name);
            }
            else if (ArchiveFolder.TryParseDay(entry.Name, out var day) && !(day.AddDays(1) <= filter.Since) && !(day >= filter.Until))
            {
                yield return (day, InDay(entry.Name));
            }
            else if (entry.Name == SegmentStore.Folder)
            {
                foreach (var segment in ArchiveFolder.Entries(entry.FullName))
                {
                    if (ArchiveFolder.TryParseName(segment.Name, SegmentStore.Suffix, out var name) && !(name.Time >= filter.Until))
                    {
                        yield return (name.Time, InSegment($"{SegmentStore.Folder}/{segment.Name}"));
                    }
                }
            }
        }

        yield return (DateTime.MinValue, Sorted(flat));
    }

    IEnumerable<ListedEvent> InDay(string day)
    {
        var found = new List<ListedEvent>();
        foreach (var entry in ArchiveFolder.Entries(Path.Combine(folder, day)))
        {
            AddFile(found, entry.Name, $"{day}/{entry.Name}");
        }

        foreach (var file in Sorted(found))
        {
            yield return file;
        }
    }

    IEnumerable<ListedEvent> InSegment(string path)
    {
        using var stream = ArchiveFolder.Open(Path.Combine(folder, path));
        foreach (var line in SegmentReader.Lines(stream).Where(line => line.IsWhole))
        {
            if (line.Problem is not null)
            {
                skipped(new($"{path}:{line.Number}", line.Problem, IsFault: true));
                continue;
            }

            var time = TimeZoneInfo.ConvertTime(line.Time, zone).DateTime;
            if (filter.Includes(time) && filter.Key?.Matches(line.RoutingKey) != false)
            {
                yield return new(time, $"{path}:{line.Number}");
            }
        }
    }

    void AddFile(List<ListedEvent> files, string file, string path)
    {
        if (!file.EndsWith(EventFileName.EventSuffix, StringComparison.Ordinal))
        {
            return;
        }

        if (!ArchiveFolder.TryParseName(file, EventFileName.EventSuffix, out var name))
        {
            skipped(new(path, "its name is not that of an event", IsFault: true));
        }
        else if (filter.Includes(name.Time) && filter.Key?.MatchesName(name.Key) != false)
        {
            files.Add(new(name.Time, path));
        }
    }

    static List<ListedEvent> Sorted(List<ListedEvent> files)
    {
        files.Sort((a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : string.CompareOrdinal(a.Path, b.Path));
        return files;
    }
}

/// <summary>The location of an archived event.</summary>
/// <param name="Time">When it was received, in the time zone of file names.</param>
/// <param name="Path">The file, relative to the archive's folder; in a segment followed by <c>:</c> and the line's number.</param>
readonly record struct ListedEvent(DateTime Time, string Path);

/// <summary>Selects the events of a listing.</summary>
/// <param name="Key">The routing key; null for any.</param>
/// <param name="Since">The earliest time, in the time zone of file names; null for none.</param>
/// <param name="Until">The exclusive upper bound of times, in the same time zone; null for none.</param>
sealed record ListFilter(KeyPattern? Key, DateTime? Since, DateTime? Until)
{
    /// <summary>Whether a time is within the bounds.</summary>
    public bool Includes(DateTime time) => !(time < Since) && !(time >= Until);
}
