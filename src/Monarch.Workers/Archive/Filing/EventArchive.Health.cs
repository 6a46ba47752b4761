using System.Globalization;
using Monarch.Workers.Archive.Filing.Files;
using Monarch.Workers.Archive.Telemetry;

namespace Monarch.Workers.Archive.Filing;

/// <content>Whether events are filed.</content>
sealed partial class EventArchive
{
    const long Mebi = 1 << 20;

    // A disk that is slow needs seconds for a batch. One that hangs (NFS whose server is away) does not refuse: the call does not return.
    static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);

    volatile string? _problem;
    // When the call began that the store has not answered; 0 means that there is none.
    long _askedAt;

    /// <summary>Why nothing is filed at the moment; null while all is well.</summary>
    public string? Problem => _problem ?? HungCall();

    string? HungCall()
    {
        if (_running != Task.CompletedTask && _running.IsCompleted && !_stopped.IsCancellationRequested)
        {
            return "Filing has ended unexpectedly. Restart the process, and report this with its log.";
        }

        var elapsed = Volatile.Read(ref _askedAt) is not 0 and var askedAt ? _time.GetElapsedTime(askedAt) : TimeSpan.Zero;
        return elapsed <= LongestCall ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"The disk of {_options.Folder} has not answered for {elapsed.TotalSeconds:0} s. Filing continues when it does. Check the disk, or its server.");
    }

    void CheckFreeSpace()
    {
        if (Store.FreeBytes() is var free && free < _options.FreeFloor)
        {
            throw new ArchiveFolderException(string.Create(CultureInfo.InvariantCulture,
                $"{_options.Folder} has {free / Mebi} MiB of free space, less than ARCHIVE_FREE_FLOOR, {_options.FreeFloor / Mebi} MiB"));
        }
    }

    void ReportProblem(string reason)
    {
        var problem = $"{reason.TrimEnd('.')}. Nothing is consumed until the folder can be written and has free space; then the archive continues without a restart.";
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
