using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing.Files;
using Monarch.Workers.Archive.Settings;

namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>Assigns final names to files by hard links.</summary>
sealed class FilePlaces(IArchiveFiles files, ArchiveOptions options)
{
    // The maximum of taken names in a row, which occur when processes file in the same microsecond.
    const int MaxTaken = 1000;

    readonly HashSet<string> _days = new(StringComparer.Ordinal);

    /// <summary>Forgets which folders exist.</summary>
    public void Forget() => _days.Clear();

    /// <summary>The folder of a name.</summary>
    public string FolderOf(EventFileName name) =>
        name.Suffix == EventFileName.BodySuffix ? EventStore.Rejected
        : options.IsDaily ? name.Day
        : "";

    /// <summary>The existing folders that may hold the file of a name; the process that placed it may have used another layout.</summary>
    public IEnumerable<string> FoldersOf(EventFileName name) =>
        name.Suffix == EventFileName.BodySuffix ? [EventStore.Rejected]
        : files.Exists(name.Day) ? ["", name.Day]
        : [""];

    /// <summary>
    /// Gives a file its name, or the next free one. All processes that finish the same file try the same names in the same order, so that
    /// one of them assigns the name and the others find it.
    /// </summary>
    /// <param name="temporary">The temporary file.</param>
    /// <param name="reason">The temporary file of the reason beside it; null for an event.</param>
    /// <param name="name">The first name to try.</param>
    /// <returns>The path; null when the temporary file no longer exists, because another process has finished it.</returns>
    public string? Place(string temporary, string? reason, EventFileName name)
    {
        for (; ; name = name.Next())
        {
            var folder = FolderOf(name);
            EnsureDay(folder);
            var path = Join(folder, name);
            var reasonPath = Join(folder, name.With(EventFileName.ReasonSuffix));
            if (reason is not null && TryLink(reason, reasonPath) is var hasReason and not true)
            {
                if (hasReason is null)
                {
                    return null;
                }

                continue;
            }

            switch (TryLink(temporary, path))
            {
                case true:
                    return path;
                case null:
                    return null;
                case false when reason is not null:
                    files.Delete(reasonPath);
                    break;
            }
        }
    }

    /// <summary>
    /// Finds the name that a file was given before. An earlier name that was taken then may be free after a power failure, and the file
    /// must not get that name too.
    /// </summary>
    /// <returns>The path; null when the file has only its temporary name.</returns>
    public string? PlacedBefore(string temporary, string? reason, EventFileName name)
    {
        for (var attempt = 0; attempt < MaxTaken && files.LinkCount(temporary) > 1; attempt++, name = name.Next())
        {
            if (FoldersOf(name).FirstOrDefault(x => files.IsSame(temporary, Join(x, name))) is { } folder)
            {
                if (reason is not null)
                {
                    _ = TryLink(reason, Join(folder, name.With(EventFileName.ReasonSuffix)));
                }

                return Join(folder, name);
            }
        }

        return null;
    }

    // Null when the temporary file does not exist.
    bool? TryLink(string temporary, string path) =>
        files.Link(temporary, path) switch
        {
            LinkResult.Linked => true,
            LinkResult.Taken => files.IsSame(temporary, path),
            LinkResult.Missing when !files.Exists(temporary) => null,
            _ => throw new ArchiveFolderException($"{path} cannot be created: its folder is missing, or its file has too many links."),
        };

    void EnsureDay(string folder)
    {
        if (options.IsDaily && folder != EventStore.Rejected && _days.Add(folder))
        {
            files.CreateFolder(folder);
            files.SyncFolder("");
        }
    }

    /// <summary>The folder of a path.</summary>
    public static string FolderOf(string path) => path.LastIndexOf('/') is var end and >= 0 ? path[..end] : "";

    static string Join(string folder, EventFileName name) => folder.Length == 0 ? $"{name}" : $"{folder}/{name}";
}
