using Monarch.Workers.Archive.Events;

namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>
/// Stores events on disk. Not thread-safe. After an exception of <see cref="Store"/> or <see cref="CleanUp"/> it must be opened again
/// before further use.
/// </summary>
interface IEventStore : IDisposable
{
    /// <summary>Prepares the folder and finishes files that this or another process left unfinished.</summary>
    /// <exception cref="Files.ArchiveFolderException">The folder cannot be used.</exception>
    void Open();

    /// <summary>
    /// Stores events and sets their outcomes, which are durable when it returns. Events that an earlier failed call has stored are not
    /// stored again.
    /// </summary>
    /// <param name="batch">The events.</param>
    /// <exception cref="Files.ArchiveFolderException">The folder cannot be used. Some of the events may be stored.</exception>
    void Store(IReadOnlyList<PendingEvent> batch);

    /// <summary>Removes the temporary files of <see cref="Store"/>, after the outcomes were reported.</summary>
    /// <exception cref="Files.ArchiveFolderException">The folder cannot be used.</exception>
    void CleanUp();

    /// <summary>Bytes of free space.</summary>
    long FreeBytes();
}
