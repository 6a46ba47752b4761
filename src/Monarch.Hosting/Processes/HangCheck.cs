using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Redis;

namespace Monarch.Hosting.Processes;

/// <summary>
/// Finds out whether the process hangs: a work item that waits for a thread of the pool, or a loop that stands still. It counts the time that
/// it sees itself, so that a process that was suspended (SIGSTOP, a frozen virtual machine) gets its time once it goes on.
/// </summary>
sealed class HangCheck
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // The reader of the log may hang as well.
    static readonly TimeSpan LongestLogging = TimeSpan.FromSeconds(2);

    const int MoreThreads = 64;

    /// <summary>As many threads as the pool gets at once at most, however often it hangs.</summary>
    internal static readonly int MostThreads = MinThreads() + MoreThreads;

    const string NotNeeded = "nothing, the pool has threads";

    readonly LoopWatch _loops;
    readonly ProcessInstruments _instruments;
    readonly RecoveryInstruments _recovery;
    readonly TimeSpan _longest;
    readonly TimeProvider _time;
    readonly ILogger<HangCheck> _logger;
    readonly Action<Action> _queue;
    long _lookedAt;
    TimeSpan _waited;
    volatile bool _isWaiting;
    string? _reason;
    TimeSpan _hung;

    public HangCheck(
        LoopWatch loops, ProcessInstruments instruments, RecoveryInstruments recovery, IOptions<ProcessOptions> options, TimeProvider time, ILogger<HangCheck> logger)
        : this(loops, instruments, recovery, options, time, logger, work => ThreadPool.UnsafeQueueUserWorkItem(_ => work(), null))
    {
    }

    /// <param name="loops">The loops that must not stand still.</param>
    /// <param name="instruments">Counts hangs.</param>
    /// <param name="recovery">Counts what is tried.</param>
    /// <param name="options">How long a hang may last.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Receives hangs.</param>
    /// <param name="queue">Queues work for the thread pool.</param>
    public HangCheck(
        LoopWatch loops, ProcessInstruments instruments, RecoveryInstruments recovery, IOptions<ProcessOptions> options, TimeProvider time, ILogger<HangCheck> logger,
        Action<Action> queue)
    {
        (_loops, _instruments, _recovery, _longest, _time, _logger, _queue) = (loops, instruments, recovery, options.Value.LongestHang, time, logger, queue);
        _lookedAt = time.GetTimestamp();
        instruments.ObserveDelay(() => _waited);
        recovery.Watch(RecoveryInstruments.Process);
    }

    /// <summary>Looks once.</summary>
    /// <returns>Whether the process has hung for too long.</returns>
    public bool Look()
    {
        var passed = _time.GetElapsedTime(_lookedAt);
        _lookedAt = _time.GetTimestamp();
        if (passed > 5 * Interval)
        {
            _loops.Restart();
            passed = Interval;
        }

        // A quarter of the bound: early enough for what is tried to help.
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
            var tried = Try(part);
            Say(() => Log.Hangs(_logger, reason, lasted.TotalSeconds, tried, _longest.TotalSeconds));
        }

        if (lasted < _longest)
        {
            return false;
        }

        _recovery.GaveUp(RecoveryInstruments.Process);
        Say(() => Log.EndedByWatchdog(_logger, lasted.TotalSeconds, reason));
        return true;
    }

    static void Say(ThreadStart log) => OwnThread.Run("watchdog log", log).Join(LongestLogging);

    (string Part, string Reason, TimeSpan Lasted) Worst(TimeSpan passed)
    {
        _waited = _isWaiting ? _waited + passed : TimeSpan.Zero;
        if (!_isWaiting)
        {
            _isWaiting = true;
            _queue(() => _isWaiting = false);
        }

        return _loops.Overdue() is { } loop && loop.By > _waited
            ? (ProcessInstruments.Loop, $"the loop '{loop.Loop}' stands still", loop.By)
            : (ProcessInstruments.ThreadPool, "work waits for a thread of the pool", _waited);
    }

    // Where every thread of the pool blocks, .NET adds one or two in a second.
    string Try(string part)
    {
        if (part != ProcessInstruments.ThreadPool)
        {
            return NotNeeded;
        }

        _recovery.Tried(RecoveryInstruments.Process);
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
            Say(() => Log.WorksAgain(_logger, _hung.TotalSeconds, reason));
        }

        _reason = null;
    }
}
