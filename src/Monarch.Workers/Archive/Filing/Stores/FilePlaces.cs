using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing.Files;
using Monarch.Workers.Archive.Settings;

namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>Where files belong, and the links by which they come there.</summary>
sealed class FilePlaces(IArchiveFiles files, ArchiveOptions options)
{
    // Names that are taken one after the other: processes file in the same microsecond.
    const int MaxTaken = 1000;

    readonly HashSet<string> _days = new(StringComparer.Ordinal);

    /// <summary>Forgets which folders exist.</summary>
    public void Forget() => _days.Clear();

    /// <summary>The folder of a name.</summary>
    public string FolderOf(EventFileName name) => name.Suffix == EventFileName.BodySuffix ? EventStore.Rejected : options.IsDaily ? name.Day : "";

    /// <summary>The folders in which the file of a name may be, of those that exist: who placed it may have had another layout.</summary>
    public IEnumerable<string> FoldersOf(EventFileName name) =>
        name.Suffix == EventFileName.BodySuffix ? [EventStore.Rejected] : files.Exists(name.Day) ? ["", name.Day] : [""];

    /// <summary>
    /// Gives a file its name, or the next that is free. Every process that finishes the same file tries the same names in the same order: one of
    /// them gives the name, the others find it given.
    /// </summary>
    /// <param name="temporary">The temporary file.</param>
    /// <param name="reason">The temporary file of the reason that stands beside it; null for an event.</param>
    /// <param name="name">The first name to try.</param>
    /// <returns>The path; null when the temporary file does not exist any more, because another process has finished it.</returns>
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
    /// Finds the name that a file was given before. One that was taken then may be free now, after a power cut: the file must not get that one
    /// as well.
    /// </summary>
    /// <returns>The path; null when the file has no name but that of its temporary file.</returns>
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
    bool? TryLink(string temporary, string path) => files.Link(temporary, path) switch
    {
        LinkResult.Linked => true,
        LinkResult.Taken => files.IsSame(temporary, path),
        LinkResult.Missing when !files.Exists(temporary) => null,
        _ => throw new ArchiveFolderException($"{path} cannot be created: its folder is missing, or its file has too many names."),
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
