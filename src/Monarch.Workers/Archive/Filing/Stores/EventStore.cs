using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing.Files;
using Monarch.Workers.Archive.Settings;

namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>A file for each event.</summary>
/// <remarks>
/// The order makes it safe to stop at any step: durable temporary files, then durable claims of their ids, then durable names. A message
/// whose id is claimed has either its file or a temporary file that any process can finish.
/// </remarks>
sealed class EventStore(IArchiveFiles files, ArchiveOptions options, TimeProvider time) : IEventStore
{
    /// <summary>The folder of rejected messages.</summary>
    public const string Rejected = "rejected";

    // Few files are synced one by one, which costs less than syncing the whole file system.
    const int MaxSyncedEach = 4;

    readonly FileClock _clock = new(time, options.IsUtc);
    readonly FilePlaces _places = new(files, options);
    readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    readonly List<string> _temporary = [];
    WorkFolder? _work;
    Manifest? _manifest;
    bool _foundUnfinished;

    WorkFolder Work => _work ?? throw new InvalidOperationException("The store is not open.");

    /// <summary>The name of this process in the archive; changes each time the store is opened.</summary>
    public string ProcessName => Work.Name;

    /// <inheritdoc/>
    public void Open()
    {
        _work?.Dispose();
        _work = null;
        _temporary.Clear();
        _touched.Clear();
        _places.Forget();
        foreach (var folder in (ReadOnlySpan<string>)[WorkFolder.Parent, WorkFolder.Ids, Rejected])
        {
            files.CreateFolder(folder);
        }

        var work = WorkFolder.Create(files, time);
        _manifest = options.Manifest ? new(files, work.Name, _clock) : null;
        _manifest?.Open();
        files.SyncFolder("");
        _work = work;
        FinishAbandoned();
    }

    /// <inheritdoc/>
    public void Store(IReadOnlyList<PendingEvent> batch)
    {
        var (first, repeated) = Distinct(batch);
        // Checked first, so that the temporary file of a claimed id is always the one that this process claimed the id with.
        var known = first.Where(x => x is { Path: null, Digest: { } digest } && Knows(digest)).ToHashSet();
        var unknown = first.Where(x => x.Path is null && !known.Contains(x)).ToList();
        Write(unknown);
        known.UnionWith(unknown.Where(x => x.Digest is { } digest && !Work.TryClaim(digest)));
        if (first.Exists(x => x.Digest is not null))
        {
            // Before a file has its name: if only the name survived a power failure, a redelivery would make a second file.
            files.SyncFolder(WorkFolder.Ids);
        }

        foreach (var pending in unknown.Where(x => !known.Contains(x)))
        {
            pending.Path =
                _places.Place(TemporaryOf(pending), pending.Reason is null ? null : ReasonOf(pending), pending.Name)
                ?? throw new ArchiveFolderException($"{TemporaryOf(pending)} has been removed.");
        }

        Finish(known);
        foreach (var pending in first.Where(x => x.Path is not null))
        {
            _touched.Add(FilePlaces.FolderOf(pending.Path!));
            Enter(pending);
        }

        MakeDurable();
        foreach (var pending in first)
        {
            pending.Outcome =
                known.Contains(pending) ? FilingOutcome.Duplicate
                : pending.Reason is null ? FilingOutcome.Filed
                : FilingOutcome.Rejected;
        }

        foreach (var pending in repeated)
        {
            pending.Outcome = FilingOutcome.Duplicate;
        }
    }

    /// <inheritdoc/>
    public void CleanUp()
    {
        foreach (var path in _temporary)
        {
            files.Delete(path);
        }

        _temporary.Clear();
        Work.DropOldTokens();
        if (_foundUnfinished)
        {
            _foundUnfinished = false;
            FinishAbandoned();
        }
    }

    /// <summary>Whether the id of a message is known. Its file may be unfinished.</summary>
    public bool Knows(string digest) => files.Exists(WorkFolder.IdOf(digest));

    /// <summary>Records the id of a message, durably with the next call of <see cref="Store"/>.</summary>
    public void Record(string digest)
    {
        _ = Work.TryClaim(digest);
        _touched.Add(WorkFolder.Ids);
    }

    /// <inheritdoc/>
    public long FreeBytes() => files.FreeBytes();

    /// <summary>Removes the folder for temporary files; if that fails, the next process does it.</summary>
    public void Dispose()
    {
        if (_work is not { } work)
        {
            return;
        }

        try
        {
            WorkFolder.Remove(files, work.Name);
        }
        catch (ArchiveFolderException)
        {
            // The next process does it.
        }
        finally
        {
            work.Dispose();
        }
    }

    // A message that occurs twice in a batch has one temporary file; otherwise another process could not tell which one claimed the id.
    static (List<PendingEvent> First, List<PendingEvent> Repeated) Distinct(IReadOnlyList<PendingEvent> batch)
    {
        HashSet<string> digests = new(StringComparer.Ordinal);
        List<PendingEvent> first = new(batch.Count),
            repeated = [];
        foreach (var pending in batch)
        {
            (pending.Digest is null || digests.Add(pending.Digest) ? first : repeated).Add(pending);
        }

        return (first, repeated);
    }

    void Write(List<PendingEvent> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var each = batch.Count <= MaxSyncedEach || !CanSyncAll;
        foreach (var pending in batch)
        {
            pending.Name = new(_clock.Next(), pending.Key, pending.Reason is null ? EventFileName.EventSuffix : EventFileName.BodySuffix);
            Create(TemporaryOf(pending), pending.Content.Span, each);
            if (pending.Reason is { } reason)
            {
                Create(ReasonOf(pending), reason, each);
            }
        }

        if (each)
        {
            files.SyncFolder(Work.Path);
        }
        else
        {
            files.SyncAll();
        }
    }

    // Older kernels do not report failed writes in syncfs.
    static bool CanSyncAll => Environment.OSVersion.Version >= new Version(5, 8);

    void Create(string path, ReadOnlySpan<byte> content, bool sync)
    {
        _temporary.Add(path);
        files.Create(path, content, sync);
    }

    string TemporaryOf(PendingEvent pending)
    {
        var kind = pending.Reason is null ? TemporaryKind.Event : TemporaryKind.Body;
        return $"{Work.Path}/{new TemporaryName(kind, pending.Digest ?? "", pending.Name)}";
    }

    string ReasonOf(PendingEvent pending) =>
        $"{Work.Path}/{new TemporaryName(TemporaryKind.Reason, pending.Digest ?? "", pending.Name.With(EventFileName.ReasonSuffix))}";

    /// <summary>Finishes files of claimed ids that the claiming process has not finished, because it may never do so.</summary>
    void Finish(HashSet<PendingEvent> known)
    {
        if (known.Count == 0)
        {
            return;
        }

        var digests = known.Select(x => x.Digest!).ToHashSet(StringComparer.Ordinal);
        foreach (var process in files.List(WorkFolder.Parent))
        {
            // Temporary files of known messages of this process are not needed; their ids were claimed by others or earlier.
            if (process != Work.Name && Finish(process, digests.Contains))
            {
                _foundUnfinished = true;
            }
        }
    }

    bool Finish(string process, Predicate<string> isSelected)
    {
        var names = files.List($"{WorkFolder.Parent}/{process}").ToList();
        List<TemporaryName> temporary = [];
        foreach (var text in names)
        {
            if (TemporaryName.TryParse(text, out var name) && name.Digest.Length > 0 && isSelected(name.Digest))
            {
                temporary.Add(name);
            }
        }

        var hasFinished = false;
        foreach (
            var name in temporary.Where(name =>
                name.Kind != TemporaryKind.Reason && WorkFolder.HasClaimed(files, process, names, name.Digest)
            )
        )
        {
            var path = WorkFolder.PathOf(process, $"{name}");
            var reason = new TemporaryName(TemporaryKind.Reason, name.Digest, name.File.With(EventFileName.ReasonSuffix));
            _touched.UnionWith(_places.FoldersOf(name.File));
            var reasonPath = temporary.Contains(reason) ? WorkFolder.PathOf(process, $"{reason}") : null;
            if (
                _places.PlacedBefore(path, reasonPath, name.File) is { } placed
                || (placed = _places.Place(path, reasonPath, name.File)) is not null
            )
            {
                _touched.Add(FilePlaces.FolderOf(placed));
                _manifest?.Enter(placed, files.Read(placed));
                hasFinished = true;
            }
        }

        return hasFinished;
    }

    /// <summary>Finishes the files of processes that have ended, and removes their folders.</summary>
    void FinishAbandoned()
    {
        foreach (var process in files.List(WorkFolder.Parent).Where(process => process != Work.Name).ToList())
        {
            using var held = WorkFolder.TryTakeOver(files, process);
            if (held is not null)
            {
                _ = Finish(process, _ => true);
                MakeDurable();
                WorkFolder.Remove(files, process);
            }
        }
    }

    void Enter(PendingEvent pending)
    {
        if (_manifest is null)
        {
            return;
        }

        _manifest.Enter(pending.Path!, pending.Content.Span);
        if (pending.Reason is { } reason)
        {
            _manifest.Enter(pending.Path![..^EventFileName.BodySuffix.Length] + EventFileName.ReasonSuffix, reason);
        }
    }

    void MakeDurable()
    {
        foreach (var folder in _touched)
        {
            files.SyncFolder(folder);
        }

        _touched.Clear();
        _manifest?.Append();
    }
}
