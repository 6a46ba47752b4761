using MassTransit;
using Microsoft.Extensions.Logging;

namespace Monarch.Bridge.Intake;

/// <summary>Hands on the entries of an intake, new ones and those that were not finished in time, until the host stops.</summary>
/// <param name="stream">The intake.</param>
/// <param name="bus">Where its entries go to.</param>
/// <param name="resendAfter">After how long an entry that is still there is handed on again.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives interruptions.</param>
/// <param name="collectFor">How long entries are collected before the next are handed on: the more come, the more are handed on together.</param>
sealed class IntakeReader(IIntakeStream stream, IBusControl bus, TimeSpan resendAfter, TimeProvider time, ILogger logger, TimeSpan collectFor = default)
{
    /// <param name="handle">Takes some entries. When it fails, they are read again later.</param>
    /// <param name="stoppingToken">Ends it.</param>
    public async Task RunAsync(Func<IReadOnlyList<IntakeEntry>, CancellationToken, Task> handle, CancellationToken stoppingToken)
    {
        // What is sent to a queue that is not declared yet is lost, and sent again only after a while.
        try
        {
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that could not start disposes of its services without stopping them, and would call this a failure.
            return;
        }

        await Task.WhenAll(
            RepeatAsync(stream.ReadNewAsync, handle, collectFor, stoppingToken),
            RepeatAsync(token => stream.ReadAgainAsync(resendAfter, token), handle, resendAfter, stoppingToken));
    }

    async Task RepeatAsync(
        Func<CancellationToken, Task<IReadOnlyList<IntakeEntry>>> read,
        Func<IReadOnlyList<IntakeEntry>, CancellationToken, Task> handle,
        TimeSpan pause,
        CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await handle(await read(stoppingToken), stoppingToken);
                failing = false;
                await Task.Delay(pause, time, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // The bus is stopped before this is, and whatever fails then is no failure of the host.
                return;
            }
            catch (Exception e)
            {
                // Whatever was read is still there and is read again later. EventVersion once an outage.
                if (!failing)
                {
                    logger.IntakeInterrupted(e);
                }

                failing = true;
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }
}
