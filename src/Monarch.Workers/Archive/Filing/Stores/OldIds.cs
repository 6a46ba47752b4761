using Microsoft.Extensions.Logging;
using Monarch.Workers.Archive.Filing.Files;
using Monarch.Workers.Archive.Telemetry;

namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>The ids of messages that no broker will redeliver any more.</summary>
static class OldIds
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Removes them now and each hour, until it is cancelled.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="age">How old they may become.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is informed when the folder cannot be written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RemoveHourlyAsync(IArchiveFiles files, TimeSpan age, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, time);
            do
            {
                try
                {
                    Remove(files, time.GetUtcNow() - age, cancellationToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    logger.IdsNotRemoved(exception.Message.TrimEnd('.'));
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The archive stops.
        }
    }

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
