namespace Monarch.Workers.Archive.Filing.Files;

/// <summary>
/// The file system operations of the archive. Paths are relative to the archive's folder, and <c>""</c> is the folder itself. Every method
/// throws <see cref="ArchiveFolderException"/> on a system error. Tests have an implementation that loses changes that were not made
/// durable.
/// </summary>
interface IArchiveFiles : IDisposable
{
    /// <summary>Creates a folder if it does not exist. Its parent must exist.</summary>
    void CreateFolder(string path);

    /// <summary>Creates a file with its content.</summary>
    /// <param name="path">The path, which must not exist.</param>
    /// <param name="content">The content.</param>
    /// <param name="sync">Whether to make the content durable (not the name: <see cref="SyncFolder"/>).</param>
    void Create(string path, ReadOnlySpan<byte> content, bool sync);

    /// <summary>
    /// Appends to a file, which is created if it does not exist, and makes the content durable. On failure, the file is truncated to its
    /// previous length.
    /// </summary>
    /// <returns>The new length in bytes.</returns>
    long Append(string path, ReadOnlySpan<byte> content);

    /// <summary>Makes all previous changes of all files durable.</summary>
    void SyncAll();

    /// <summary>Makes the names in a folder durable.</summary>
    void SyncFolder(string path);

    /// <summary>Creates a hard link; never replaces a file.</summary>
    LinkResult Link(string existing, string path);

    /// <summary>Whether two paths are links to the same file; false if either does not exist.</summary>
    bool IsSame(string path, string other);

    /// <summary>The number of hard links of a file; 0 if it does not exist.</summary>
    int LinkCount(string path);

    /// <summary>Whether a path exists.</summary>
    bool Exists(string path);

    /// <summary>When a file was last written; null if it does not exist.</summary>
    DateTimeOffset? WrittenAt(string path);

    /// <summary>The whole content of a file.</summary>
    byte[] Read(string path);

    /// <summary>Deletes a file if it exists.</summary>
    void Delete(string path);

    /// <summary>Deletes an empty folder if it exists.</summary>
    void DeleteFolder(string path);

    /// <summary>The names in a folder; none if it does not exist.</summary>
    IEnumerable<string> List(string path);

    /// <summary>Acquires a lock that lasts until it is disposed of or the process ends. Its file is created if it does not exist.</summary>
    /// <returns>The lock; null if another process holds it.</returns>
    IDisposable? TryLock(string path);

    /// <summary>Bytes of free space.</summary>
    long FreeBytes();
}

/// <summary>An operation on the archive's folder failed.</summary>
sealed class ArchiveFolderException(string message, int error = 0) : IOException(message)
{
    /// <summary>The system's error number; 0 without a system error.</summary>
    public int Error => error;
}

/// <summary>The result of creating a hard link.</summary>
enum LinkResult
{
    /// <summary>The link was created.</summary>
    Linked,

    /// <summary>The name is taken.</summary>
    Taken,

    /// <summary>The file or the target folder does not exist.</summary>
    Missing,

    /// <summary>The file has the maximum number of links.</summary>
    Exhausted,
}
