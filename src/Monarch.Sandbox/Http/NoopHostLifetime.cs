using Microsoft.Extensions.Hosting;

namespace Monarch.Sandbox.Http;

/// <summary>The lifetime of a guest: whoever started the sandbox stops it, and signals are not its business.</summary>
sealed class NoopHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
