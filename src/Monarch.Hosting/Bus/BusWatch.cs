using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Bus.Client;
using Monarch.Hosting.Processes;

namespace Monarch.Hosting.Bus;

/// <summary>
/// The last resort: exits when the bus does not reconnect although the broker is reachable. Nothing is lost, because no state is only in
/// memory, and docker-compose or Kubernetes restarts the process.
/// </summary>
sealed class BusWatch(
    IBusControl bus,
    BrokerEnds ends,
    BrokerProbe probe,
    BrokerReports reports,
    IOptions<RabbitMqOptions> options,
    BusHealthOptions health,
    BusInstruments instruments,
    LoopWatch loops,
    IHostApplicationLifetime lifetime,
    TimeProvider time
) : BackgroundService
{
    const string Loop = "bus watch";

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // Short, so that a connection that is lost soon after it was established is observed.
    static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(500);

    /// <exception cref="InvalidOperationException">The bus cannot recover, which stops the host.</exception>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The bus stops before this service.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            var reason = await WatchAsync(ending.Token);
            instruments.GaveUp();
            throw new InvalidOperationException(
                $"{reason} The process exits to be restarted. " + "If this happens often, check the broker and the network."
            );
        }
        catch (Exception) when (ending.IsCancellationRequested) { }
        finally
        {
            loops.End(Loop);
        }
    }

    // Returns why the bus cannot recover.
    async Task<string> WatchAsync(CancellationToken ending)
    {
        var (lastHealthy, overdue, reason) = (time.GetTimestamp(), 0, "");
        while (time.GetElapsedTime(lastHealthy) < options.Value.GiveUpAfter)
        {
            // A check takes at most as long as the pause before it.
            loops.Beat(Loop, 2 * Interval);
            await Task.Delay(instruments.WasConnected ? Interval : FirstInterval, time, ending);
            // Twice in a row: a suspended process has had no time to close its connections.
            overdue = ends.Longest > health.LongestEnd ? overdue + 1 : 0;
            if (overdue == 2)
            {
                return $"RabbitMQ.Client could not close a lost connection within {health.LongestEnd.TotalSeconds:0} seconds.";
            }

            var now = bus.CheckHealth();
            instruments.Update(now.Status == BusHealthStatus.Healthy);
            if (now.Status == BusHealthStatus.Healthy || !await IsReachableAsync(ending))
            {
                lastHealthy = time.GetTimestamp();
                reports.Clear();
                continue;
            }

            loops.Beat(Loop, BrokerProbe.Longest + Interval);
            // Only the endpoints know which declaration was refused.
            reports.Record(await probe.RefusalAsync(ending) ?? Refusal(now));
            reason = (reports.Refusal ?? BusHealthCheck.Reason(now))?.TrimEnd('.') is { } given ? $": {given}" : "";
        }
        return $"The bus was not connected for {options.Value.GiveUpAfterSeconds} seconds although the broker's port is reachable{reason}.";
    }

    string? Refusal(BusHealthResult health) =>
        RabbitMqAddress.TryParse(options.Value, out var broker)
            ? BusHealthCheck
                .Exceptions(health)
                .Append(reports.Failure)
                .Select(e => BrokerRefusal.Of(e, broker))
                .FirstOrDefault(text => text is not null)
            : null;

    async Task<bool> IsReachableAsync(CancellationToken ending)
    {
        if (!RabbitMqAddress.TryParse(options.Value, out var broker))
        {
            return false;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ending);
        limit.CancelAfter(Interval);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(broker.Host, broker.Port, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !ending.IsCancellationRequested))
        {
            return false;
        }
    }
}
