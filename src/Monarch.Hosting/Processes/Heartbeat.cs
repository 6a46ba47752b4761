using Microsoft.Extensions.Hosting;
using Monarch.Redis;
using StackExchange.Redis;

namespace Monarch.Hosting.Processes;

/// <summary>Tells Redis, where there is one, that this process is alive, and how it is.</summary>
sealed class Heartbeat(ThisProcess own, ProcessDirectory directory, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    // What is not well yet, or not any more, changes soon.
    static readonly TimeSpan EveryWhenUnready = TimeSpan.FromSeconds(2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // What cannot be removed expires.
        await TryAsync(() => directory.RemoveAsync(own.Id, cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var state = await own.LookAsync(stoppingToken);
                await TryAsync(() => directory.WriteAsync(state, stoppingToken));
                await Task.Delay(state.IsReady ? Every : EveryWhenUnready, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that could not start disposes of its services without stopping them, and would call this a failure.
        }
    }

    // A process does not die of a missed heartbeat, and the connection logs outages.
    static async Task TryAsync(Func<Task> beat)
    {
        try { await beat(); }
        catch (Exception e) when (e is RedisUnavailableException or RedisException) { }
    }
}
