using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Monarch.Hosting.Bus;

/// <summary>
/// A broker outage leaves failed tasks inside the transport that nobody awaits. They are noted, and never escalate, whatever the
/// runtime is configured to do with them.
/// </summary>
sealed class UnobservedFailures(ILogger<UnobservedFailures> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        TaskScheduler.UnobservedTaskException += Note;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        TaskScheduler.UnobservedTaskException -= Note;
        return Task.CompletedTask;
    }

    void Note(object? sender, UnobservedTaskExceptionEventArgs failure)
    {
        failure.SetObserved();
        Log.UnobservedFailure(logger, failure.Exception);
    }
}
