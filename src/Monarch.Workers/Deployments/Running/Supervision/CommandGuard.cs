using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Monarch.Workers.Deployments.Running.Supervision;

/// <summary>
/// Watches over the supervised command. The runner writes lines: <c>until n</c> moves the deadline, <c>end ms</c> asks the command to
/// end and kills it after that time. The end of the lines means that the runner is gone, and with it the right to run anything.
/// </summary>
sealed class CommandGuard(long until, FileStream? report)
{
    public const string Until = "until";
    public const string End = "end";

    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    static readonly TimeSpan GroupCheck = TimeSpan.FromMilliseconds(20);

    readonly object _gate = new();
    long _until = until;
    TimeSpan? _grace;
    long? _graceEnds;

    /// <summary>Reads the runner's lines on a thread of its own.</summary>
    public void BeginToListen() => new Thread(Listen, maxStackSize: 256 * 1024) { IsBackground = true, Name = "reads commands" }.Start();

    /// <summary>Whether the command may begin; reports it when not.</summary>
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

    /// <summary>Waits until the command has ended and kills what is left of it. Past the deadline or the grace, kills everything at once.</summary>
    /// <returns>The command's exit code.</returns>
    public int WaitFor(Process process)
    {
        process.Exited += (_, _) => Wake();
        process.EnableRaisingEvents = true;
        lock (_gate)
        {
            while (!process.HasExited || (_graceEnds is not null && ProcessTree.Own.Others().Count > 0))
            {
                Monitor.Wait(_gate, Look(process.HasExited));
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

    /// <summary>Says how it ended; the first report counts.</summary>
    public void Report(SupervisorReport end)
    {
        try
        {
            report?.Write(Encoding.UTF8.GetBytes(end.ToLine()));
        }
        catch (IOException)
        {
            // The runner is gone.
        }
    }

    // Returns how long nothing has to be done.
    TimeSpan Look(bool hasExited)
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

        // The rest of the group has the same grace as the command, and nothing says when it has ended.
        var longest = hasExited ? GroupCheck : Longest;
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
            // As if it had ended.
        }

        // So that what is killed here is not reported as if it had ended without this.
        lock (_gate)
        {
            ProcessTree.Own.KillAll();
        }
    }

    void Take(string line)
    {
        if (line.Split(' ') is not [var verb, var text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
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

    void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}
