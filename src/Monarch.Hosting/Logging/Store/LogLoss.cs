using Microsoft.Extensions.Logging;

namespace Monarch.Hosting.Logging.Store;

/// <summary>
/// Counts dropped lines, and logs the beginning and the end of a loss once each: its own lines go to the same store, and must not flood it.
/// </summary>
sealed class LogLoss(LogInstruments instruments, Func<ILogger> logger, TimeProvider time)
{
    /// <summary>A loss has ended when nothing was dropped for this time.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    readonly Lock _gate = new();
    long _count,
        _droppedAt;

    public void Add(int count, LogLossReason reason, string? detail = null)
    {
        if (count == 0)
        {
            return;
        }

        instruments.Dropped(count, reason);
        bool begins;
        lock (_gate)
        {
            begins = _count == 0;
            _count += count;
            _droppedAt = time.GetTimestamp();
        }

        if (begins && reason != LogLossReason.Stopped)
        {
            logger().LinesDropped(Cause(reason, detail), Remedy(reason));
        }
    }

    /// <summary>Logs the end of a loss. Call it at regular intervals while lines can be written.</summary>
    public void CheckForEnd()
    {
        long count;
        lock (_gate)
        {
            if (_count == 0 || time.GetElapsedTime(_droppedAt) < Quiet)
            {
                return;
            }

            (count, _count) = (_count, 0);
        }

        logger().LinesStoredAgain(count);
    }

    static string Cause(LogLossReason reason, string? detail) =>
        reason switch
        {
            LogLossReason.Unavailable => $"the log store is unavailable. {detail}",
            LogLossReason.Memory => $"Redis uses more than {LogMemory.MostShare:P0} of its memory limit.",
            LogLossReason.Refused => $"they cannot be stored. {detail}",
            _ => "more is logged than Redis can store.",
        };

    static string Remedy(LogLossReason reason) =>
        reason switch
        {
            LogLossReason.Unavailable => "Check that server.",
            LogLossReason.Memory =>
                $"Raise its maxmemory, lower {LogStoreOptions.MaxMegabytesKey}, or name a server for logs only in {LogStoreOptions.RedisKey}.",
            LogLossReason.Refused => "Report this if it happens again.",
            _ => $"Check that server, or raise {LogOptions.LevelKey}.",
        };
}
