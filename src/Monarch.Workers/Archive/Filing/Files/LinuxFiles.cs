using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static Monarch.Workers.Archive.Filing.Files.FileCalls;

namespace Monarch.Workers.Archive.Filing.Files;

/// <summary>The archive's folder on Linux. It stays open, so that paths refer to the same file system until the end.</summary>
sealed class LinuxFiles : IArchiveFiles
{
    const int FileMode = 0x1A4; // 0644
    const int FolderMode = 0x1ED; // 0755

    /// <summary>
    /// Whether syncing is disabled, which loses acknowledged events on a power failure: the runtime option
    /// <c>Monarch.Archive.WithoutSync</c> of benchmarks, and of tests that must fail with it.
    /// </summary>
    public static readonly bool WithoutSync = AppContext.TryGetSwitch("Monarch.Archive.WithoutSync", out var isOn) && isOn;

    readonly string _root;
    readonly int _folder;

    /// <param name="root">The folder.</param>
    public LinuxFiles(string root)
    {
        _root = root;
        // Also used for syncfs, which reports writes that failed since its last call (Linux 5.8 or newer).
        _folder = Checked(Open(root, ReadOnly | FolderOnly | CloseOnExec), "opened", "");
    }

    public void CreateFolder(string path)
    {
        if (MakeFolderAt(_folder, path, FolderMode) < 0 && Marshal.GetLastPInvokeError() != AlreadyExists)
        {
            throw Refused("created", path);
        }
    }

    public void Create(string path, ReadOnlySpan<byte> content, bool sync)
    {
        var file = Checked(OpenAt(_folder, path, WriteOnly | FileCalls.Create | Exclusive | CloseOnExec, FileMode), "created", path);
        try
        {
            WriteAll(file, content, path);
            if (sync && !WithoutSync)
            {
                Checked(Sync(file), "made durable", path);
            }
        }
        finally
        {
            _ = Close(file);
        }
    }

    public long Append(string path, ReadOnlySpan<byte> content)
    {
        var file = Checked(OpenAt(_folder, path, WriteOnly | FileCalls.Create | CloseOnExec, FileMode), "opened", path);
        try
        {
            var length = Seek(file, 0, FromEnd);
            try
            {
                WriteAll(file, content, path);
                if (!WithoutSync)
                {
                    Checked(Sync(file), "made durable", path);
                }
            }
            catch (ArchiveFolderException)
            {
                _ = Truncate(file, length);
                throw;
            }

            return length + content.Length;
        }
        finally
        {
            _ = Close(file);
        }
    }

    public void SyncAll()
    {
        if (!WithoutSync)
        {
            Checked(SyncFileSystem(_folder), "made durable", "");
        }
    }

    public void SyncFolder(string path)
    {
        if (WithoutSync)
        {
            return;
        }

        var folder = path.Length == 0 ? _folder : Checked(OpenAt(_folder, path, ReadOnly | FolderOnly | CloseOnExec, 0), "opened", path);
        try
        {
            Checked(Sync(folder), "made durable", path);
        }
        finally
        {
            if (folder != _folder)
            {
                _ = Close(folder);
            }
        }
    }

    public LinkResult Link(string existing, string path)
    {
        if (LinkAt(_folder, existing, _folder, path, 0) == 0)
        {
            return LinkResult.Linked;
        }

        return Marshal.GetLastPInvokeError() switch
        {
            AlreadyExists => LinkResult.Taken,
            NotFound => LinkResult.Missing,
            TooManyLinks => LinkResult.Exhausted,
            _ => throw Refused("linked", path),
        };
    }

    public bool IsSame(string path, string other) =>
        StatusOf(path) is { } one && StatusOf(other) is { } two && (one.Inode, one.Device) == (two.Inode, two.Device);

    public int LinkCount(string path) => (int)(StatusOf(path)?.LinkCount ?? 0);

    public bool Exists(string path) => StatusOf(path) is not null;

    public DateTimeOffset? WrittenAt(string path) =>
        StatusOf(path) is { } status ? DateTimeOffset.FromUnixTimeSeconds(status.WrittenAt) : null;

    public byte[] Read(string path)
    {
        using var file = new SafeFileHandle(Checked(OpenAt(_folder, path, ReadOnly | CloseOnExec, 0), "opened", path), ownsHandle: true);
        var content = new byte[RandomAccess.GetLength(file)];
        var done = 0;
        while (done < content.Length)
        {
            var count = RandomAccess.Read(file, content.AsSpan(done), done);
            done += count > 0 ? count : throw new ArchiveFolderException($"{PathOf(path)} became shorter while it was read.");
        }

        return content;
    }

    public void Delete(string path) => Remove(path, 0);

    public void DeleteFolder(string path) => Remove(path, RemoveFolder);

    // Lazily, because a folder may hold millions.
    public IEnumerable<string> List(string path)
    {
        IEnumerator<string> names;
        try
        {
            names = Directory.EnumerateFileSystemEntries(PathOf(path)).GetEnumerator();
        }
        catch (DirectoryNotFoundException)
        {
            yield break;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            if (StatusOf($"{path}/.") is null)
            {
                yield break;
            }

            throw new ArchiveFolderException(exception.Message);
        }

        using var disposed = names;
        while (MoveNext(names))
        {
            yield return Path.GetFileName(names.Current);
        }
    }

    public IDisposable? TryLock(string path)
    {
        var file = OpenAt(_folder, path, ReadWrite | FileCalls.Create | CloseOnExec, FileMode);
        if (file < 0)
        {
            // Another process has removed the folder, or a file is in its place.
            return IsMissing() ? null : throw Refused("created", path);
        }

        var handle = new SafeFileHandle(file, ownsHandle: true);
        if (Lock(file, LockExclusive | LockWithoutWaiting) == 0)
        {
            return handle;
        }

        handle.Dispose();
        return null;
    }

    public long FreeBytes()
    {
        Checked(FileSystemStatus(_folder, out var status), "asked for its free space", "");
        return status.FreeBytes;
    }

    public void Dispose() => _ = Close(_folder);

    static bool MoveNext(IEnumerator<string> names)
    {
        try
        {
            return names.MoveNext();
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new ArchiveFolderException(exception.Message);
        }
    }

    FileStatus? StatusOf(string path)
    {
        if (Stat(_folder, path, 0, FileStatus.Mask, out var status) == 0)
        {
            return status;
        }

        return IsMissing() ? null : throw Refused("examined", path);
    }

    static bool IsMissing() => Marshal.GetLastPInvokeError() is NotFound or NotFolder;

    void WriteAll(int file, ReadOnlySpan<byte> content, string path)
    {
        while (content.Length > 0)
        {
            var count = Write(file, in MemoryMarshal.GetReference(content), content.Length);
            if (count < 0 && Marshal.GetLastPInvokeError() != Interrupted)
            {
                throw Refused("written", path);
            }

            content = content[(int)Math.Max(0, count)..];
        }
    }

    void Remove(string path, int flags)
    {
        if (UnlinkAt(_folder, path, flags) < 0 && Marshal.GetLastPInvokeError() != NotFound)
        {
            throw Refused("deleted", path);
        }
    }

    int Checked(int result, string done, string path) => result >= 0 ? result : throw Refused(done, path);

    ArchiveFolderException Refused(string done, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"{PathOf(path)} cannot be {done}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    string PathOf(string path) => path.Length == 0 ? _root : Path.Combine(_root, path);
}
