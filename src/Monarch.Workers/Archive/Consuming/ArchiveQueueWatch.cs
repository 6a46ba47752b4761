using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monarch.Workers.Archive.Telemetry;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>Restores bindings that are lost at runtime, and measures the queue.</summary>
sealed class ArchiveQueueWatch(
    ArchiveTopology topology,
    ArchiveInstruments instruments,
    TimeProvider time,
    ILogger<ArchiveQueueWatch> logger
) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    // -1 if unknown.
    long _messages = -1;
    bool _hasFailed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        instruments.ObserveQueue(() => Interlocked.Read(ref _messages) is >= 0 and var messages ? messages : null);
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Interlocked.Exchange(ref _messages, await CheckAsync(stoppingToken) ?? -1);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested) { }
    }

    // The bus reports a lost connection and reconnects; the bindings are then set up before consuming starts.
    async Task<long?> CheckAsync(CancellationToken stopping)
    {
        if (topology.Connection is not { } connection)
        {
            return null;
        }

        try
        {
            await topology.AssertAsync(connection, stopping);
            var messages = await topology.CountAsync(connection, stopping);
            if (_hasFailed)
            {
                _hasFailed = false;
                logger.ArchiveCheckedAgain();
            }

            return messages;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            if (connection.IsOpen && !_hasFailed)
            {
                _hasFailed = true;
                logger.ArchiveNotChecked(e.Message, Interval.TotalSeconds);
            }

            return null;
        }
    }
}
