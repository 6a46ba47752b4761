using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;

namespace Monarch.Redis.Sagas;

/// <summary>
/// Claims due wake-ups and sends them, in every replica. Waits until the next wake-up is due, or an earlier one is announced; a slow poll
/// covers lost announcements.
/// </summary>
sealed class WakeUpSweeper(
    IEnumerable<IWakeUps> stores,
    IEnumerable<SleepingSaga> sagas,
    WakeUpSender sender,
    IBusControl bus,
    WakeUpOptions options,
    TimeProvider time,
    ILogger<WakeUpSweeper> logger
) : BackgroundService
{
    static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var names = sagas.Select(x => x.Name).ToHashSet();
        if (!names.SetEquals(options.Messages.Keys))
        {
            throw new ConfigurationException(
                $"Wake-ups are kept for [{string.Join(", ", names)}] but AddWakeUps sends "
                    + $"[{string.Join(", ", options.Messages.Keys)}]. Give AddWakeUps one Send for each."
            );
        }
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(stores.Select(x => SweepAsync(x, stoppingToken)));

    async Task SweepAsync(IWakeUps store, CancellationToken stopping)
    {
        var outage = new Outage();
        var signal = new WakeSignal(time);
        IAsyncDisposable? watch = null;
        var restarts = options.MessagesAreLostOnRestart;
        try
        {
            while (true)
            {
                try
                {
                    watch ??= await store.WatchAsync(signal.Set, stopping);
                    if (restarts)
                    {
                        await WakeAllAsync(store, stopping);
                    }

                    restarts = false;
                    var claimed = await store.ClaimAsync(options.Batch, options.Lease, stopping);
                    var since = time.GetTimestamp();
                    if (outage.Ends())
                    {
                        logger.SweepRecovered();
                    }

                    await sender.SendAsync(claimed.Due, stopping);
                    await signal.WaitAsync(NextDelay(claimed.NextIn, time.GetElapsedTime(since)), stopping);
                }
                catch (Exception e) when (!stopping.IsCancellationRequested)
                {
                    if (outage.Begins())
                    {
                        logger.SweepFailed(e.Message.TrimEnd('.'));
                    }

                    await Task.Delay(PauseAfterFailure, time, stopping);
                }
            }
        }
        // The bus stops before this service; failures after that are not failures of the host.
        catch (Exception) when (stopping.IsCancellationRequested) { }
        finally
        {
            if (watch is not null)
            {
                await watch.DisposeAsync();
            }
        }
    }

    async Task WakeAllAsync(IWakeUps store, CancellationToken stopping)
    {
        var all = await store.ForRestartAsync(stopping);
        if (all.Count == 0)
        {
            return;
        }
        // The in-memory bus drops messages to a queue that does not exist yet.
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stopping);
        logger.WokenAfterRestart(all.Count);
        foreach (var batch in all.Chunk(options.Batch))
        {
            await sender.SendAsync(batch, stopping);
        }
    }

    TimeSpan NextDelay(TimeSpan? nextIn, TimeSpan elapsed)
    {
        if (nextIn is not { } next || next > options.Poll)
        {
            return options.Poll;
        }

        return next > elapsed ? next - elapsed : TimeSpan.Zero;
    }
}
