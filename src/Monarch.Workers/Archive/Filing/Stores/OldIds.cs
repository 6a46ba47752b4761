using Monarch.Workers.Archive.Filing.Files;

namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>The ids of messages that no broker will redeliver any more.</summary>
static class OldIds
{
    /// <summary>Removes them.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="before">What was recorded before that is old.</param>
    /// <param name="cancellationToken">Ends it early; the rest is removed the next time.</param>
    /// <exception cref="ArchiveFolderException">The folder cannot be written.</exception>
    public static void Remove(IArchiveFiles files, DateTimeOffset before, CancellationToken cancellationToken)
    {
        foreach (var name in files.List(WorkFolder.Ids).TakeWhile(_ => !cancellationToken.IsCancellationRequested))
        {
            if (files.WrittenAt(WorkFolder.IdOf(name)) < before)
            {
                files.Delete(WorkFolder.IdOf(name));
            }
        }
    }
}
