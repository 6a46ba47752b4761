using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>
/// Enforces the deadline of the supervised command. The runner writes lines: <c>until n</c> moves the deadline, <c>end ms</c> requests the
/// command to end and kills it after that time. The end of the input means that the runner has ended, so that the command must end too.
/// </summary>
sealed class CommandGuard(long until, FileStream? report)
{
    public const string Until = "until";
    public const string End = "end";

    static readonly TimeSpan LongestReport = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    static readonly TimeSpan GroupCheck = TimeSpan.FromMilliseconds(20);

    readonly object _gate = new();
    long _until = until;
    TimeSpan? _grace;
    long? _graceEnds;
    bool _hasExited;

    /// <summary>Reads the runner's lines on a thread of its own.</summary>
    public void StartListening() => StartThread("reads commands", Listen);

    /// <summary>Whether the command may start; reports the reason if not.</summary>
    public bool MayStart()
    {
        lock (_gate)
        {
            var isLate = Stopwatch.GetTimestamp() >= _until;
            if (isLate || _grace is not null)
            {
                Report(new(isLate ? SupervisedEnd.DeadlinePassed : SupervisedEnd.Killed));
                return false;
            }

            return true;
        }
    }

    /// <summary>
    /// Waits for the end of the command and kills its remaining descendants. After the deadline or the grace period, kills all immediately.
    /// </summary>
    /// <returns>The command's exit code.</returns>
    public int WaitFor(Process process)
    {
        // Neither by the event of the process nor by its properties: both lock the process, one before the gate and the other after it.
        StartThread("waits for the command", () => WaitForExit(process));
        lock (_gate)
        {
            while (!_hasExited || (_graceEnds is not null && ProcessTree.Own.Others().Count > 0))
            {
                Monitor.Wait(_gate, CheckDeadlines());
            }
        }

        var isAlone = ProcessTree.Own.TryKillOthers();
        Report(new(SupervisedEnd.Exited, process.ExitCode));
        if (!isAlone)
        {
            ProcessTree.Own.KillAll();
        }

        return process.ExitCode;
    }

    /// <summary>Reports the end; the first report counts.</summary>
    public void Report(SupervisorReport end)
    {
        try
        {
            report?.Write(Encoding.UTF8.GetBytes(end.ToLine()));
        }
        catch (IOException)
        {
            // The runner has ended.
        }
    }

    // Returns the time until the next check.
    TimeSpan CheckDeadlines()
    {
        var now = Stopwatch.GetTimestamp();
        if (_grace is { } grace && _graceEnds is null)
        {
            ProcessTree.Own.Terminate();
            _graceEnds = now + (grace.Ticks * (Stopwatch.Frequency / TimeSpan.TicksPerSecond));
        }

        if (now >= _until)
        {
            Report(new(SupervisedEnd.DeadlinePassed));
            ProcessTree.Own.KillAll();
        }

        if (now >= _graceEnds)
        {
            Report(new(SupervisedEnd.Killed));
            ProcessTree.Own.KillAll();
        }

        // The rest of the group has the same grace period as the command, and its end must be polled.
        var longest = _hasExited ? GroupCheck : Longest;
        var left = Stopwatch.GetElapsedTime(now, Math.Min(_until, _graceEnds ?? long.MaxValue)) + TimeSpan.FromMilliseconds(1);
        return left < longest ? left : longest;
    }

    void Listen()
    {
        try
        {
            using var input = new StreamReader(Console.OpenStandardInput());
            while (input.ReadLine() is { } line)
            {
                Take(line);
            }
        }
        catch (IOException)
        {
            // Treated as the end of the input.
        }

        // The gate prevents a regular report of a command that is killed here; the command is killed with or without it.
        Monitor.TryEnter(_gate, LongestReport);
        ProcessTree.Own.KillAll();
    }

    void Take(string line)
    {
        if (
            line.Split(' ') is not [var verb, var text]
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
        {
            return;
        }

        lock (_gate)
        {
            if (verb == Until)
            {
                _until = Math.Max(_until, number);
            }
            else if (verb == End)
            {
                _grace ??= TimeSpan.FromMilliseconds(number);
            }

            Monitor.PulseAll(_gate);
        }
    }

    void WaitForExit(Process process)
    {
        process.WaitForExit();
        lock (_gate)
        {
            _hasExited = true;
            Monitor.PulseAll(_gate);
        }
    }

    static void StartThread(string name, ThreadStart action) =>
        new Thread(action, maxStackSize: 256 * 1024) { IsBackground = true, Name = name }.Start();
}
