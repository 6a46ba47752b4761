using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Monarch.Testing;

/// <summary>A process that ends with this one, however this one ends (<c>kill -9</c> included). Its output is kept.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly StringBuilder _output = new();
    readonly Task _reading;

    ChildProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The exit code: 0 means success, 128 + n means "killed by signal n".</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Its output so far, errors included, line by line.</summary>
    public string Output
    {
        get
        {
            // Copied once for each change: tests that wait for a line read it many times.
            lock (_output)
            {
                if (field.Length != _output.Length)
                {
                    field = _output.ToString();
                }

                return field;
            }
        }
    } = "";

    /// <summary>Starts a program.</summary>
    /// <param name="file">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">The whole environment of the child; null passes on this process' environment.</param>
    /// <param name="directory">The working directory; null is this process' own.</param>
    public static Task<ChildProcess> StartAsync(
        string file,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? directory = null
    )
    {
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", file, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        };
        if (environment is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment)
            {
                start.Environment[name] = value;
            }
        }
        return LastingThread.RunAsync(() => new ChildProcess(Process.Start(start)!));
    }

    /// <summary>Sends a signal; ignored if the process has ended.</summary>
    public void Signal(UnixSignal signal)
    {
        if (!_process.HasExited)
        {
            _ = SendSignal(_process.Id, (int)signal);
        }
    }

    /// <summary>Kills the process and waits until it has ended.</summary>
    public Task KillAsync()
    {
        Signal(UnixSignal.Kill);
        return WaitForExitAsync();
    }

    /// <summary>Waits until the process has ended and its last output is read; returns its exit code.</summary>
    /// <param name="within">The longest wait; null is <see cref="Until.Generous"/>.</param>
    /// <exception cref="TimeoutException">It still runs; the message has its output.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan? within = null)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(within ?? Until.Generous);
            await _reading.WaitAsync(Until.Generous);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"Process {Id} ({_process.StartInfo.FileName}) did not end in time. Its output:\n{Output}", e);
        }
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SendSignal(int process, int signal);
}
