using System.Runtime.InteropServices;

namespace Monarch.Cli.Commands;

/// <summary>Waits for the request to stop.</summary>
static class Stopping
{
    /// <summary>Returns at SIGTERM, at Ctrl+C, or when the token is cancelled.</summary>
    public static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await using var registration = cancellationToken.Register(() => stopped.TrySetResult());
        await stopped.Task;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
    }
}
