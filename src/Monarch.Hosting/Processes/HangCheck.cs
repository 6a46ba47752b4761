using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Redis.Outages;

namespace Monarch.Hosting.Processes;

/// <summary>
/// Detects hangs: a work item that waits for a thread of the pool, or a loop that has stalled. Only observed time counts, so that a process
/// that was suspended (SIGSTOP, a frozen virtual machine) is not reported when it continues.
/// </summary>
sealed class HangCheck
{
    /// <summary>The interval between two checks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // The consumer of the console may hang too.
    static readonly TimeSpan LongestLogging = TimeSpan.FromSeconds(2);

    const int MoreThreads = 64;

    /// <summary>The highest minimum of pool threads, however often the process hangs.</summary>
    internal static readonly int MostThreads = MinThreads() + MoreThreads;

    const string NotNeeded = "nothing, the pool has threads";

    readonly LoopWatch _loops;
    readonly ProcessInstruments _instruments;
    readonly RecoveryInstruments _recovery;
    readonly TimeSpan _longest;
    readonly TimeProvider _time;
    readonly ILogger<HangCheck> _logger;
    readonly Action<Action> _queue;
    long _checkedAt;
    TimeSpan _waited;
    volatile bool _isWaiting;
    string? _reason;
    TimeSpan _hung;

    public HangCheck(
        LoopWatch loops,
        ProcessInstruments instruments,
        RecoveryInstruments recovery,
        IOptions<ProcessOptions> options,
        TimeProvider time,
        ILogger<HangCheck> logger
    )
        : this(loops, instruments, recovery, options, time, logger, work => ThreadPool.UnsafeQueueUserWorkItem(_ => work(), null)) { }

    /// <param name="loops">The loops that must not stall.</param>
    /// <param name="instruments">Counts hangs.</param>
    /// <param name="recovery">Counts attempts to recover.</param>
    /// <param name="options">How long a hang may last.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Logs hangs.</param>
    /// <param name="queue">Queues work for the thread pool.</param>
    public HangCheck(
        LoopWatch loops,
        ProcessInstruments instruments,
        RecoveryInstruments recovery,
        IOptions<ProcessOptions> options,
        TimeProvider time,
        ILogger<HangCheck> logger,
        Action<Action> queue
    )
    {
        (_loops, _instruments, _recovery, _longest, _time, _logger, _queue) = (
            loops,
            instruments,
            recovery,
            options.Value.LongestHang,
            time,
            logger,
            queue
        );
        _checkedAt = time.GetTimestamp();
        instruments.ObserveDelay(() => _waited);
        recovery.Watch(RecoveryInstruments.Process);
    }

    /// <summary>Checks once.</summary>
    /// <returns>Whether the process has hung for too long.</returns>
    public bool Check()
    {
        var passed = _time.GetElapsedTime(_checkedAt);
        _checkedAt = _time.GetTimestamp();
        if (passed > 5 * Interval)
        {
            _loops.Restart();
            passed = Interval;
        }

        // A quarter of the limit: early enough for the recovery attempt to help.
        var (part, reason, lasted) = Worst(passed);
        if (lasted < _longest / 4)
        {
            Recover();
            return false;
        }

        _hung = lasted;
        if (_reason is null)
        {
            _reason = reason;
            _instruments.Hangs(part);
            var attempted = AddThreads(part);
            WriteLog(() => Log.Hangs(_logger, reason, lasted.TotalSeconds, attempted, _longest.TotalSeconds));
        }

        if (lasted < _longest)
        {
            return false;
        }

        _recovery.GaveUp(RecoveryInstruments.Process);
        WriteLog(() => Log.EndedByWatchdog(_logger, lasted.TotalSeconds, reason));
        return true;
    }

    static void WriteLog(ThreadStart log) => OwnThread.Run("watchdog log", log).Join(LongestLogging);

    (string Part, string Reason, TimeSpan Lasted) Worst(TimeSpan passed)
    {
        _waited = _isWaiting ? _waited + passed : TimeSpan.Zero;
        if (!_isWaiting)
        {
            _isWaiting = true;
            _queue(() => _isWaiting = false);
        }

        return _loops.Overdue() is { } loop && loop.By > _waited
            ? (ProcessInstruments.Loop, $"the loop '{loop.Loop}' has stalled", loop.By)
            : (ProcessInstruments.ThreadPool, "work waits for a thread of the pool", _waited);
    }

    // When every thread of the pool is blocked, .NET adds only one or two per second.
    string AddThreads(string part)
    {
        if (part != ProcessInstruments.ThreadPool)
        {
            return NotNeeded;
        }

        _recovery.Attempted(RecoveryInstruments.Process);
        ThreadPool.GetMinThreads(out var workers, out var ports);
        return ThreadPool.SetMinThreads(Math.Max(workers, MostThreads), ports)
            ? $"{MoreThreads} more threads"
            : "more threads, which the system refuses";
    }

    static int MinThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out _);
        return workers;
    }

    void Recover()
    {
        if (_reason is { } reason)
        {
            _recovery.Recovered(RecoveryInstruments.Process);
            WriteLog(() => Log.HangEnded(_logger, _hung.TotalSeconds, reason));
        }

        _reason = null;
    }
}
