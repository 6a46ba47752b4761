using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Processes;

/// <summary>
/// The last resort against a process that hangs: a thread of its own, which needs nothing that can hang, looks every second and ends the
/// process, which docker-compose or Kubernetes restarts. It loses what any kill loses: nothing, or without Redis the running migrations.
/// </summary>
sealed class Watchdog(HangCheck check, IOptions<ProcessOptions> options, IHostApplicationLifetime lifetime)
{
    // What ends the process may hang too.
    static readonly TimeSpan LongestExit = TimeSpan.FromSeconds(5);

    /// <summary>Begins; ends with the host.</summary>
    public void Start()
    {
        if (options.Value.LongestHang > TimeSpan.Zero && !Debugger.IsAttached)
        {
            OwnThread.Run("watchdog", Watch);
        }
    }

    void Watch()
    {
        while (!lifetime.ApplicationStopping.WaitHandle.WaitOne(HangCheck.Interval))
        {
            if (check.Look())
            {
                End();
            }
        }
    }

    static void End()
    {
        OwnThread.Run("watchdog exit", () => Environment.Exit(ExitCodes.Software)).Join(LongestExit);
        if (!OperatingSystem.IsWindows())
        {
            Exit(ExitCodes.Software);
        }

        Process.GetCurrentProcess().Kill();
    }

    // At once: nothing is flushed, and no handler of the process runs.
    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern void Exit(int code);
}
