using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing.Stores;

namespace Monarch.Workers.Archive.Reading;

/// <summary>
/// Checks every file of an archive and compares files with a manifest entry with their SHA-256. Each file is read once. It detects damage,
/// but neither changes by a person with write access to both folder and manifest, nor files that were removed before they were entered.
/// </summary>
/// <param name="folder">The archive's folder.</param>
/// <param name="report">Receives each finding immediately.</param>
sealed partial class ArchiveVerification(string folder, Action<ArchiveFinding> report)
{
    readonly ManifestDigests _manifest = new();
    readonly VerificationSummary _summary = new();
    readonly byte[] _piece = new byte[SegmentReader.PieceBytes];
    readonly JsonCheck _json = new();

    /// <summary>Checks the folder.</summary>
    /// <param name="cancellationToken">Ends the verification between two files.</param>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be listed.</exception>
    public VerificationSummary Run(CancellationToken cancellationToken)
    {
        ReadManifests(isFirst: true, AddEntry, cancellationToken);
        foreach (var entry in ArchiveFolder.Entries(folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsFolder(entry))
            {
                Check(entry.Name, entry, VerifyEvent);
            }
            else if (entry.Name is SegmentStore.Folder)
            {
                CheckFolder(entry, VerifySegment, cancellationToken);
            }
            else if (entry.Name is EventStore.Rejected)
            {
                CheckFolder(entry, VerifyRejected, cancellationToken);
            }
            else if (ArchiveFolder.TryParseDay(entry.Name, out _))
            {
                CheckFolder(entry, VerifyEvent, cancellationToken);
            }
            else if (entry.Name is not (Manifest.Folder or WorkFolder.Ids or WorkFolder.Parent))
            {
                Note(entry.Name, "is no folder of the archive");
            }
        }

        // Entries whose files were not found in the folders.
        ReadManifests(isFirst: false, (_, line) => VerifyEntry(line.Path), cancellationToken);
        _summary.Entries = _manifest.Count;
        return _summary;
    }

    static bool IsFolder(FileSystemInfo entry) => entry is DirectoryInfo && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    void CheckFolder(FileSystemInfo inner, Action<string, string> verify, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var entry in ArchiveFolder.Entries(inner.FullName))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var path = $"{inner.Name}/{entry.Name}";
                if (IsFolder(entry))
                {
                    Note(path, "is no folder of the archive");
                }
                else
                {
                    Check(path, entry, verify);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fault(inner.Name, $"cannot be listed: {e.Message}");
        }
    }

    void Check(string path, FileSystemInfo entry, Action<string, string> verify)
    {
        if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            Note(path, "is a symbolic link, which is not followed");
            return;
        }

        try
        {
            verify(path, entry.Name);
        }
        // Removed since it was listed; a fault only if a manifest names it.
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException) { }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _manifest.Take(path);
            Fault(path, $"cannot be read: {e.Message}");
        }
    }

    void VerifyEvent(string path, string file)
    {
        if (!file.EndsWith(EventFileName.EventSuffix, StringComparison.Ordinal))
        {
            VerifyUnknown(path);
            return;
        }

        _summary.Events++;
        if (!ArchiveFolder.TryParseName(file, EventFileName.EventSuffix, out var name))
        {
            Fault(path, "its name is not that of an event");
        }
        else if (path.Length > file.Length && !path.StartsWith(name.Day + '/', StringComparison.Ordinal))
        {
            Fault(path, "is in the folder of another day");
        }

        Read(path, piece => _json.Add(piece));
        FaultIf(path, _json.End());
    }

    void VerifySegment(string path, string file)
    {
        if (!file.EndsWith(SegmentStore.Suffix, StringComparison.Ordinal))
        {
            VerifyUnknown(path);
            return;
        }

        _summary.Segments++;
        if (!ArchiveFolder.TryParseName(file, SegmentStore.Suffix, out _))
        {
            Fault(path, "its name is not that of a segment");
        }

        using var stream = ArchiveFolder.Open(Full(path));
        using var hash = Hash(path);
        foreach (var line in SegmentReader.Lines(stream, hash))
        {
            if (line.IsWhole)
            {
                _summary.Lines++;
                FaultIf($"{path}:{line.Number}", line.Problem);
            }
            else
            {
                Note(
                    $"{path}:{line.Number}",
                    "is not complete: it is being written, or a crash cut it off before its message was acknowledged"
                );
            }
        }

        Compare(path, hash);
    }

    void VerifyRejected(string path, string file)
    {
        if (file.EndsWith(EventFileName.ReasonSuffix, StringComparison.Ordinal))
        {
            VerifyReason(path, file);
        }
        else if (file.EndsWith(EventFileName.BodySuffix, StringComparison.Ordinal))
        {
            _summary.Rejected++;
            FaultIf(
                path,
                ArchiveFolder.TryParseName(file, EventFileName.BodySuffix, out _) ? null : "its name is not that of a rejected body"
            );
            if (!File.Exists(Full(path[..^EventFileName.BodySuffix.Length] + EventFileName.ReasonSuffix)))
            {
                Fault(path, "has no reason beside it");
            }

            Read(path, _ => { });
        }
        else
        {
            VerifyUnknown(path);
        }
    }

    void VerifyReason(string path, string file)
    {
        FaultIf(path, ArchiveFolder.TryParseName(file, EventFileName.ReasonSuffix, out _) ? null : "its name is not that of a reason");
        var fields = new TopLevelFields();
        var json = new JsonCheck(seen: fields.Take);
        Read(path, json.Add);
        var problem =
            json.End() ?? (fields is { HasReason: true, Bytes: not null } ? null : "has no reason, or not the length of the body");
        FaultIf(path, problem);
        var body = new FileInfo(Full(path[..^EventFileName.ReasonSuffix.Length] + EventFileName.BodySuffix));
        if (!body.Exists)
        {
            Note(path, "has no body beside it: a crash came between the two, and the message was delivered again");
        }
        else if (problem is null && body.Length != fields.Bytes)
        {
            Fault(path, $"records {fields.Bytes} bytes for the body, which has {body.Length}");
        }
    }

    void VerifyUnknown(string path)
    {
        Note(path, "is no file of the archive");
        if (_manifest.Take(path))
        {
            Read(path, _ => { });
        }
    }

    // Reads a file once for both content and digest.
    void Read(string path, ReadOnlySpanAction add)
    {
        using var stream = ArchiveFolder.Open(Full(path));
        using var hash = Hash(path);
        while (stream.Read(_piece) is > 0 and var count)
        {
            hash?.AppendData(_piece, 0, count);
            add(_piece.AsSpan(0, count));
        }

        Compare(path, hash);
    }

    string Full(string path) => Path.Combine(folder, path);

    void FaultIf(string path, string? problem)
    {
        if (problem is not null)
        {
            Fault(path, problem);
        }
    }

    void Fault(string path, string problem)
    {
        _summary.Faults++;
        report(new(path, problem, IsFault: true));
    }

    void Note(string path, string problem)
    {
        _summary.Notes++;
        report(new(path, problem, IsFault: false));
    }

    delegate void ReadOnlySpanAction(ReadOnlySpan<byte> piece);
}

/// <summary>A finding about a file.</summary>
/// <param name="Path">The file, relative to the archive's folder; for a line followed by <c>:</c> and its number.</param>
/// <param name="Problem">The problem, as the predicate of a sentence about the file.</param>
/// <param name="IsFault">Whether it is damage; otherwise a note.</param>
readonly record struct ArchiveFinding(string Path, string Problem, bool IsFault);
