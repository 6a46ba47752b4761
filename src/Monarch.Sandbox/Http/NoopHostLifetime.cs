using Microsoft.Extensions.Hosting;

namespace Monarch.Sandbox.Http;

/// <summary>A lifetime that ignores signals: the process that starts the sandbox also stops it.</summary>
sealed class NoopHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
