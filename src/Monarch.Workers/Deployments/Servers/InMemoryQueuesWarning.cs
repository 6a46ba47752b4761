using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Monarch.Workers.Deployments.Servers;

/// <summary>Says at start that a restart forgets.</summary>
sealed class InMemoryQueuesWarning(ILogger<InMemoryQueuesWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        logger.QueuesAreInMemory();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
