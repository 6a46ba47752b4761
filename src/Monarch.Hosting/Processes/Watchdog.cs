using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Processes;

/// <summary>
/// The last resort against a hang: a dedicated thread, independent of the thread pool, checks every second and ends the process, which
/// docker-compose or Kubernetes restarts. As with any kill nothing is lost, or without Redis the running migrations.
/// </summary>
sealed class Watchdog(HangCheck check, IOptions<ProcessOptions> options, IHostApplicationLifetime lifetime)
{
    // A regular exit may hang too.
    static readonly TimeSpan LongestExit = TimeSpan.FromSeconds(5);

    /// <summary>Starts the thread, which ends with the host.</summary>
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
            if (check.Check())
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

    // Exits immediately: nothing is flushed, and no exit handler runs.
    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern void Exit(int code);
}
