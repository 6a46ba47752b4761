using Monarch.Workers.Archive.Events;

namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>
/// Keeps events on disk. One thread uses it at a time. After an exception of <see cref="Store"/> or <see cref="CleanUp"/> it must be opened again
/// before it is used.
/// </summary>
interface IEventStore : IDisposable
{
    /// <summary>Prepares the folder, and finishes what this or another process left unfinished.</summary>
    /// <exception cref="Files.ArchiveFolderException">The folder cannot be used.</exception>
    void Open();

    /// <summary>
    /// Stores events, and gives each its outcome; when it returns, all of it is durable. What an earlier call that failed has stored already is
    /// not stored again.
    /// </summary>
    /// <param name="batch">The events.</param>
    /// <exception cref="Files.ArchiveFolderException">The folder cannot be used. Some of the events may be stored.</exception>
    void Store(IReadOnlyList<PendingEvent> batch);

    /// <summary>Removes what <see cref="Store"/> needed temporarily, after the outcomes were reported.</summary>
    /// <exception cref="Files.ArchiveFolderException">The folder cannot be used.</exception>
    void CleanUp();

    /// <summary>Bytes that can still be written.</summary>
    long FreeBytes();
}
