using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Monarch.Hosting.Bus;

/// <summary>
/// A broker outage leaves failed tasks in the transport that are never awaited. They are logged, and do not end the process, regardless of
/// the runtime's configuration.
/// </summary>
sealed class UnobservedFailures(ILogger<UnobservedFailures> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        TaskScheduler.UnobservedTaskException += Observe;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        TaskScheduler.UnobservedTaskException -= Observe;
        return Task.CompletedTask;
    }

    void Observe(object? sender, UnobservedTaskExceptionEventArgs failure)
    {
        failure.SetObserved();
        Log.UnobservedFailure(logger, failure.Exception);
    }
}
