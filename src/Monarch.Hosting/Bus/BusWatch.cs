using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Bus;

/// <summary>
/// Ends the process when its bus does not find back to a broker that can be reached: MassTransit 8.4 and RabbitMQ.Client 7.1 can hang
/// for ever after a connection that broke in the middle of a publish. Nothing is lost, for nothing is in the process' memory, and
/// whoever keeps the process running starts it again.
/// </summary>
sealed class BusWatch(IBusControl bus, BusHealthCheck check, IOptions<RabbitMqOptions> options, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <exception cref="InvalidOperationException">The bus is given up, which stops the host.</exception>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var (wasConnected, well) = (false, time.GetTimestamp());
            while (time.GetElapsedTime(well) < options.Value.GiveUpAfter)
            {
                await Task.Delay(Interval, time, stoppingToken);
                var isConnected = bus.CheckHealth().Status == BusHealthStatus.Healthy;
                // A process that has not been connected yet only waits for its broker.
                wasConnected |= isConnected || check.WasConnected;
                if (!wasConnected || isConnected || !await IsReachableAsync(stoppingToken))
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
