using System.Globalization;
using Monarch.Workers.Archive.Filing.Files;
using Monarch.Workers.Archive.Telemetry;

namespace Monarch.Workers.Archive.Filing;

/// <content>The health of filing.</content>
sealed partial class EventArchive
{
    const long Mebi = 1 << 20;

    // A slow disk needs seconds for a batch. On one that hangs (NFS with an unavailable server) the call does not return.
    static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);

    volatile string? _problem;

    // The start of the pending call of the store; 0 without one.
    long _callStartedAt;

    /// <summary>Why events are not filed at the moment; null if they are.</summary>
    public string? Problem => _problem ?? HungCall();

    string? HungCall()
    {
        if (_running != Task.CompletedTask && _running.IsCompleted && !_stopped.IsCancellationRequested)
        {
            return "Filing has ended unexpectedly. Restart the process, and report this with its log.";
        }

        var elapsed = Volatile.Read(ref _callStartedAt) is not 0 and var startedAt ? _time.GetElapsedTime(startedAt) : TimeSpan.Zero;
        return elapsed <= LongestCall
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The disk of {_options.Folder} "
                    + $"has not answered for {elapsed.TotalSeconds:0} s. Filing continues when it does. Check the disk, or its server."
            );
    }

    void CheckFreeSpace()
    {
        if (Store.FreeBytes() is var free && free < _options.FreeFloor)
        {
            throw new ArchiveFolderException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_options.Folder} has {free / Mebi} MiB of free space, less than ARCHIVE_FREE_FLOOR, {_options.FreeFloor / Mebi} MiB"
                )
            );
        }
    }

    void ReportProblem(string reason)
    {
        var problem =
            $"{reason.TrimEnd('.')}. No events are consumed until the folder is writable and has free space; filing then "
            + "continues automatically.";
        if (_problem is null)
        {
            _logger.FilingStopped(reason.TrimEnd('.'));
        }

        _problem = problem;
    }

    void ReportRecovery()
    {
        if (_problem is not null)
        {
            _problem = null;
            _logger.FilingContinues();
        }
    }

    long? FreeBytes()
    {
        try
        {
            return _store?.FreeBytes();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
