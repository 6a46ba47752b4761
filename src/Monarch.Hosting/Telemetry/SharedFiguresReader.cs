using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Processes;

namespace Monarch.Hosting.Telemetry;

/// <summary>
/// Reads the shared figures at every heartbeat: a scrape must not wait for Redis or the broker. After a time-out the gauges are cleared, so
/// that they show no stale values; the next reading starts when the hanging one has ended.
/// </summary>
sealed class SharedFiguresReader(
    IEnumerable<ISharedFigures> figures,
    IOptions<ProcessOptions> options,
    TimeProvider time,
    ILogger<SharedFiguresReader> logger
) : BackgroundService
{
    static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(30);

    readonly Dictionary<ISharedFigures, Task> _readings = [];
    readonly HashSet<ISharedFigures> _failing = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                foreach (var shared in figures)
                {
                    await TryReadAsync(shared, stoppingToken);
                }

                await Task.Delay(options.Value.Interval, time, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Also calls that fail instead of being cancelled, such as a call to Redis.
        }
    }

    async Task TryReadAsync(ISharedFigures shared, CancellationToken stoppingToken)
    {
        if (_readings.TryGetValue(shared, out var hanging) && !hanging.IsCompleted)
        {
            return;
        }

        try
        {
            var reading = shared.ReadAsync(stoppingToken);
            _readings[shared] = reading;
            await reading.WaitAsync(LongestReading, time, stoppingToken);
            _failing.Remove(shared);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            shared.Forget();
            if (_failing.Add(shared))
            {
                Log.FiguresNotRead(logger, shared.GetType().Name, e.Message.TrimEnd('.'));
            }
        }
    }
}
