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
    IBusControl bus, BusHealthCheck check, IOptions<RabbitMqOptions> options, BusHealthOptions health, TimeProvider time, ILogger<BusWatch> logger)
    : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    /// <exception cref="InvalidOperationException">The bus is given up, which stops the host.</exception>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var (wasConnected, well, tried) = (false, time.GetTimestamp(), time.GetTimestamp());
            while (time.GetElapsedTime(well) < options.Value.GiveUpAfter)
            {
                await Task.Delay(Interval, time, stoppingToken);
                var state = bus.CheckHealth();
                var isConnected = state.Status == BusHealthStatus.Healthy;
                wasConnected |= isConnected || check.WasConnected;
                if (isConnected || !await IsReachableAsync(stoppingToken))
                {
                    well = tried = time.GetTimestamp();
                }
                else if (time.GetElapsedTime(tried) >= health.Restart)
                {
                    await RestartAsync(state, stoppingToken);
                    tried = time.GetTimestamp();
                }
                // A process that has not been connected yet is never given up.
                if (!wasConnected)
                    well = time.GetTimestamp();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        throw new InvalidOperationException($"The bus is without its connection for {options.Value.GiveUpAfterSeconds} seconds though the broker "
            + "can be reached. The process ends, to be started again; if it happens often, look at the broker and the network before it.");
    }

    Task RestartAsync(BusHealthResult state, CancellationToken stoppingToken) => Task.WhenAll(
        state.Endpoints.Values.Where(x => x.Status != BusHealthStatus.Healthy).Select(x => RestartAsync(x.ReceiveEndpoint, stoppingToken)));

    async Task RestartAsync(IReceiveEndpoint endpoint, CancellationToken stoppingToken)
    {
        Log.EndpointStartedAgain(logger, endpoint.InputAddress.AbsolutePath.Split('/')[^1]);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(LongestStop);
        try
        {
            await endpoint.Stop(limit.Token);
        }
        catch (Exception) when (!stoppingToken.IsCancellationRequested)
        {
            // What is left of it has gone wrong before; its end is not waited for a second time.
            await endpoint.Stop(stoppingToken);
        }
        endpoint.Start(CancellationToken.None);
    }

    async Task<bool> IsReachableAsync(CancellationToken stoppingToken)
    {
        if (!RabbitMqAddress.TryParse(options.Value, out var broker))
            return false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(Interval);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(broker.Host, broker.Port, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
