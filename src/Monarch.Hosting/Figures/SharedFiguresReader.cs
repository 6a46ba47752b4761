using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Processes;

namespace Monarch.Hosting.Figures;

/// <summary>Reads the shared figures at every heartbeat: a scrape must not wait for Redis or the broker.</summary>
sealed class SharedFiguresReader(
    IEnumerable<ISharedFigures> figures, IOptions<ProcessOptions> options, TimeProvider time, ILogger<SharedFiguresReader> logger) : BackgroundService
{
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
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    async Task TryReadAsync(ISharedFigures shared, CancellationToken stoppingToken)
    {
        try
        {
            await shared.ReadAsync(stoppingToken);
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
