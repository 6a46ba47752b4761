using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Monarch.Workers.Deployments.Servers;

/// <summary>Warns at start that queues do not survive a restart.</summary>
sealed class InMemoryQueuesWarning(ILogger<InMemoryQueuesWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        logger.QueuesAreInMemory();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
