using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Bus;

/// <summary>
/// Brings the bus back to a broker that can be reached. MassTransit 8.4 gives a receive endpoint up for ever when the broker leaves one of
/// its questions unanswered (a cancellation ends its loop, which takes it for a stop): it is started again. When that does not help the
/// process ends. Nothing is lost, for nothing is in the process' memory, and whoever keeps the process running starts it again.
/// </summary>
sealed class BusWatch(
    IBusControl bus, BusHealthCheck check, IOptions<RabbitMqOptions> options, BusHealthOptions health, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<BusWatch> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    readonly List<(IReceiveEndpoint Endpoint, Task Stop)> _lateStops = [];

    /// <exception cref="InvalidOperationException">The bus is given up, which stops the host.</exception>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The bus is stopped before this is.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await WatchAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return;
        }

        throw new InvalidOperationException($"The bus is without its connection for {options.Value.GiveUpAfterSeconds} seconds though the broker "
            + "can be reached. The process ends, to be started again; if it happens often, look at the broker and the network before it.");
    }

    async Task WatchAsync(CancellationToken ending)
    {
        var (wasConnected, well, tried) = (false, time.GetTimestamp(), time.GetTimestamp());
        while (time.GetElapsedTime(well) < options.Value.GiveUpAfter)
        {
            await Task.Delay(Interval, time, ending);
            var state = bus.CheckHealth();
            var isConnected = state.Status == BusHealthStatus.Healthy;
            wasConnected |= isConnected || check.WasConnected;
            if (isConnected || !await IsReachableAsync(ending))
            {
                well = tried = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(tried) >= health.Restart)
            {
                await RestartAsync(state, ending);
                tried = time.GetTimestamp();
            }
            await RestartAfterLateStopsAsync(ending);
            // A process that has not been connected yet is never given up.
            if (!wasConnected)
                well = time.GetTimestamp();
        }
    }

    Task RestartAsync(BusHealthResult state, CancellationToken ending) => Task.WhenAll(
        state.Endpoints.Values.Where(x => x.Status != BusHealthStatus.Healthy).Select(x => RestartAsync(x.ReceiveEndpoint, ending)));

    // A stop that ends after the endpoint was started again forgets the new start and resets the endpoint, which still counts as healthy.
    async Task RestartAfterLateStopsAsync(CancellationToken ending)
    {
        foreach (var late in _lateStops.Where(late => late.Stop.IsCompleted).ToList())
        {
            _lateStops.Remove(late);
            await RestartAsync(late.Endpoint, ending);
        }
    }

    async Task RestartAsync(IReceiveEndpoint endpoint, CancellationToken ending)
    {
        Log.EndpointStartedAgain(logger, endpoint.InputAddress.AbsolutePath.Split('/')[^1]);
        var stop = endpoint.Stop(ending);
        try
        {
            await stop.WaitAsync(LongestStop, time, ending);
        }
        catch (Exception) when (!ending.IsCancellationRequested)
        {
            if (!stop.IsCompleted)
            {
                lock (_lateStops)
                    _lateStops.Add((endpoint, stop));
            }

            // What is left of it does not end, or not well. Asked a second time, it does not wait for that.
            await endpoint.Stop(ending).WaitAsync(LongestStop, time, ending);
        }
        endpoint.Start(CancellationToken.None);
    }

    async Task<bool> IsReachableAsync(CancellationToken ending)
    {
        if (!RabbitMqAddress.TryParse(options.Value, out var broker))
            return false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ending);
        limit.CancelAfter(Interval);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(broker.Host, broker.Port, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !ending.IsCancellationRequested)
        {
            return false;
        }
    }
}
