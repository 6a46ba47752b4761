using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Bus.Client;

namespace Monarch.Hosting.Bus;

/// <summary>
/// Brings the bus back to a broker that can be reached. MassTransit 8.4 gives a receive endpoint up for ever when the broker leaves one of
/// its questions unanswered (a cancellation ends its loop, which takes it for a stop): it is started again. When that does not help the
/// process ends. Nothing is lost, for nothing is in the process' memory, and whoever keeps the process running starts it again.
/// </summary>
sealed class BusWatch(
    IBusControl bus, BusHealthCheck check, BrokerEnds ends, IOptions<RabbitMqOptions> options, BusHealthOptions health, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<BusWatch> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    readonly Dictionary<IReceiveEndpoint, Task> _restarts = [];

    /// <exception cref="InvalidOperationException">The bus is given up, which stops the host.</exception>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The bus is stopped before this is.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            throw new InvalidOperationException($"{await WatchAsync(ending.Token)} The process ends, to be started again; "
                + "if it happens often, look at the broker and the network before it.");
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested) { }
    }

    // Why the bus is given up.
    async Task<string> WatchAsync(CancellationToken ending)
    {
        var (wasConnected, well, tried, endless) = (false, time.GetTimestamp(), time.GetTimestamp(), 0);
        while (time.GetElapsedTime(well) < options.Value.GiveUpAfter)
        {
            await Task.Delay(Interval, time, ending);
            // Twice: a process that stood still has had no time to tell anybody.
            endless = ends.Longest > health.LongestEnd ? endless + 1 : 0;
            if (endless == 2)
                return $"A connection to the broker has ended, and for {health.LongestEnd.TotalSeconds:0} seconds not all who use it have heard of it.";

            var state = bus.CheckHealth();
            var isConnected = state.Status == BusHealthStatus.Healthy;
            wasConnected |= isConnected || check.WasConnected;
            if (isConnected || !await IsReachableAsync(ending))
            {
                well = tried = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(tried) >= health.Restart)
            {
                Restart(state, ending);
                tried = time.GetTimestamp();
            }
            // A process that has not been connected yet is never given up.
            if (!wasConnected)
                well = time.GetTimestamp();
        }
        return $"The bus is without its connection for {options.Value.GiveUpAfterSeconds} seconds though the broker can be reached.";
    }

    void Restart(BusHealthResult state, CancellationToken ending)
    {
        foreach (var endpoint in state.Endpoints.Values.Where(x => x.Status != BusHealthStatus.Healthy).Select(x => x.ReceiveEndpoint))
        {
            if (!_restarts.TryGetValue(endpoint, out var earlier) || earlier.IsCompleted)
                _restarts[endpoint] = RestartAsync(endpoint, ending);
        }
    }

    // However long the stop takes. MassTransit would start an endpoint that is still stopping, and forget when the stop ends that it did:
    // nobody could stop it any more, and another start would have it consume twice on one channel, which the broker forbids.
    async Task RestartAsync(IReceiveEndpoint endpoint, CancellationToken ending)
    {
        Log.EndpointStartedAgain(logger, endpoint.InputAddress.AbsolutePath.Split('/')[^1]);
        try
        {
            await endpoint.Stop(ending);
        }
        catch (Exception) when (!ending.IsCancellationRequested)
        {
            // What was left of it did not end well. Asked a second time, it does not look.
            await endpoint.Stop(ending);
        }
        if (!ending.IsCancellationRequested)
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
