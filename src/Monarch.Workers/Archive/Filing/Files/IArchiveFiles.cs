namespace Monarch.Workers.Archive.Filing.Files;

/// <summary>
/// What the archive asks of the file system. Paths are relative to the archive's folder, and <c>""</c> is the folder itself. Every method
/// throws <see cref="ArchiveFolderException"/> when the system refuses. Tests have an implementation that loses what was not made durable.
/// </summary>
interface IArchiveFiles : IDisposable
{
    /// <summary>Creates a folder in one that exists; one that exists already is left as it is.</summary>
    void CreateFolder(string path);

    /// <summary>Creates a file with its content.</summary>
    /// <param name="path">A name that is not taken.</param>
    /// <param name="content">The content.</param>
    /// <param name="sync">Whether to make the content durable (not the name: <see cref="SyncFolder"/>).</param>
    void Create(string path, ReadOnlySpan<byte> content, bool sync);

    /// <summary>Appends to a file, which is created where it does not exist, and makes the content durable. When that fails, the file is cut to what it was.</summary>
    /// <returns>Bytes of the file afterwards.</returns>
    long Append(string path, ReadOnlySpan<byte> content);

    /// <summary>Makes every change that was made so far durable, of every file.</summary>
    void SyncAll();

    /// <summary>Makes the names in a folder durable.</summary>
    void SyncFolder(string path);

    /// <summary>Gives a file a second name, never over another file.</summary>
    LinkResult Link(string existing, string path);

    /// <summary>Whether two names are those of one file; false when either does not exist.</summary>
    bool IsSame(string path, string other);

    /// <summary>How many names a file has; 0 when it does not exist.</summary>
    int LinkCount(string path);

    /// <summary>Whether a name exists.</summary>
    bool Exists(string path);

    /// <summary>When a file was written; null when it does not exist.</summary>
    DateTimeOffset? WrittenAt(string path);

    /// <summary>The whole content of a file.</summary>
    byte[] Read(string path);

    /// <summary>Deletes a file; one that does not exist is fine.</summary>
    void Delete(string path);

    /// <summary>Deletes an empty folder; one that does not exist is fine.</summary>
    void DeleteFolder(string path);

    /// <summary>The names in a folder; none when it does not exist.</summary>
    IEnumerable<string> List(string path);

    /// <summary>Takes a lock that lasts until it is disposed of or the process ends. Its file is created where it does not exist.</summary>
    /// <returns>The lock; null when another process has it.</returns>
    IDisposable? TryLock(string path);

    /// <summary>Bytes that can still be written.</summary>
    long FreeBytes();
}

/// <summary>The archive's folder cannot be used as it is.</summary>
sealed class ArchiveFolderException(string message, int error = 0) : IOException(message)
{
    /// <summary>The system's error number; 0 when the system refused nothing.</summary>
    public int Error => error;
}

/// <summary>What became of a second name.</summary>
enum LinkResult
{
    /// <summary>The file has it.</summary>
    Linked,

    /// <summary>The name is taken.</summary>
    Taken,

    /// <summary>The file, or the folder of the name, does not exist.</summary>
    Missing,

    /// <summary>The file has as many names as the file system allows.</summary>
    Exhausted,
}
