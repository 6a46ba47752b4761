using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text;
using Monarch.Workers.Deployments.Running.Output;
using Monarch.Workers.Deployments.Running.Supervision;
using Monarch.Workers.Deployments.Settings;

namespace Monarch.Workers.Deployments.Running;

/// <summary>
/// A command under its <see cref="Supervisor"/>, which kills it at the deadline unless extended, and when this process ends.
/// </summary>
sealed class SupervisedProcess : IDisposable
{
    // A new process would inherit the report pipes of others that are being started.
    static readonly Lock Starting = new();

    readonly Lock _writing = new();
    readonly Process _process;
    readonly AnonymousPipeServerStream _report;
    readonly OutputReader _output;
    readonly Stream _orders;
    long _until;

    SupervisedProcess(Process process, AnonymousPipeServerStream report, OutputTail tail, long until)
    {
        (_process, _report, _until) = (process, report, until);
        _orders = process.StandardInput.BaseStream;
        _output = new((PipeStream)process.StandardOutput.BaseStream, (PipeStream)process.StandardError.BaseStream, tail);
        Ended = WaitAsync();
    }

    /// <summary>Completes when the command and all its descendants have ended and their output is read.</summary>
    public Task<SupervisorReport> Ended { get; }

    /// <summary>Whether the deadline has passed.</summary>
    public bool IsExhausted => Stopwatch.GetTimestamp() >= Interlocked.Read(ref _until);

    /// <summary>Starts a command.</summary>
    /// <param name="supervisor">The supervisor's program.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="options">The working directory and the environment variables.</param>
    /// <param name="until">The first deadline, as a timestamp of <see cref="Stopwatch"/>.</param>
    /// <param name="tail">Receives the output.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The supervisor could not be started, or the directory does not
    /// exist.</exception>
    public static SupervisedProcess Start(
        SupervisorProgram supervisor,
        IReadOnlyList<string> command,
        DeploymentOptions options,
        long until,
        OutputTail tail
    )
    {
        var environment = new SupervisorEnvironment(options.EnvironmentNames());
        lock (Starting)
        {
            var report = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            try
            {
                var descriptor = int.Parse(report.GetClientHandleAsString(), CultureInfo.InvariantCulture);
                var arguments = new SupervisorArguments(until, descriptor, environment.Own, command).ToArguments();
                var start = new ProcessStartInfo(supervisor.FileName, [.. supervisor.Arguments, .. arguments])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    WorkingDirectory = options.Directory ?? "",
                };
                start.Environment.Clear();
                foreach (var (name, value) in environment.Variables)
                {
                    start.Environment[name] = value;
                }

                var process = Process.Start(start)!;
                report.DisposeLocalCopyOfClientHandle();
                return new(process, report, tail, until);
            }
            catch
            {
                report.Dispose();
                throw;
            }
        }
    }

    /// <summary>Moves the deadline.</summary>
    /// <param name="until">A timestamp of <see cref="Stopwatch"/>.</param>
    public void Extend(long until)
    {
        Interlocked.Exchange(ref _until, until);
        Write($"{CommandGuard.Until} {until}");
    }

    /// <summary>Requests all processes to end, and kills the remaining ones after the grace period.</summary>
    public void End(TimeSpan grace) => Write($"{CommandGuard.End} {(long)grace.TotalMilliseconds}");

    /// <summary>Kills all processes immediately.</summary>
    public void Kill()
    {
        lock (_writing)
        {
            _orders.Dispose();
        }
    }

    /// <summary>Kills all processes without the supervisor, which does not respond.</summary>
    public void KillWithoutSupervisor()
    {
        if (!_process.HasExited)
        {
            new ProcessTree(_process.Id).KillAll();
            // The supervisor may not lead its group yet.
            _process.Kill();
        }
    }

    /// <summary>Kills all processes when the deadline passed long enough ago that the supervisor should have done so.</summary>
    public void KillIfOverdue(TimeSpan delay)
    {
        if (Stopwatch.GetElapsedTime(Interlocked.Read(ref _until)) > delay)
        {
            KillWithoutSupervisor();
        }
    }

    public void Dispose()
    {
        Kill();
        // The process does not dispose of streams that were accessed.
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
        _report.Dispose();
    }

    async Task<SupervisorReport> WaitAsync()
    {
        var process = _process.Id;
        await _process.WaitForExitAsync();
        var report = ReadReport();
        if (report.End == SupervisedEnd.Unknown)
        {
            // The supervisor was killed, and the command with it; other processes may be left in its group.
            _ = Libc.Signal(-process, Libc.Kill);
        }

        _output.Finish();
        await _output.Completion;
        return report;
    }

    // The supervisor has ended, so the pipe holds everything that it wrote.
    SupervisorReport ReadReport()
    {
        var descriptor = (int)_report.SafePipeHandle.DangerousGetHandle();
        PollDescriptor[] descriptors = [new() { Descriptor = descriptor, Events = PollDescriptor.Readable }];
        if (Libc.Poll(descriptors, 1, 0) <= 0)
        {
            return new(SupervisedEnd.Unknown);
        }

        var line = new byte[64];
        return SupervisorReport.Parse(Encoding.UTF8.GetString(line, 0, _report.Read(line)));
    }

    void Write(string line)
    {
        lock (_writing)
        {
            try
            {
                _orders.Write(Encoding.UTF8.GetBytes($"{line}\n"));
                _orders.Flush();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The supervisor has ended.
            }
        }
    }
}
