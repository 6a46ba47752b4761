using Microsoft.Extensions.Logging;
using Monarch.Workers.Archive.Filing.Files;
using Monarch.Workers.Archive.Telemetry;

namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>The expired ids of messages, which are no longer redelivered.</summary>
static class OldIds
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Removes expired ids now and every hour, until cancelled.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="age">The maximum age.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Logs failures.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    public static async Task RemoveHourlyAsync(
        IArchiveFiles files,
        TimeSpan age,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken
    )
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
            } while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The archive is stopping.
        }
    }

    /// <summary>Removes expired ids.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="before">Ids recorded before this time are removed.</param>
    /// <param name="cancellationToken">Ends the call early; the rest is removed next time.</param>
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
