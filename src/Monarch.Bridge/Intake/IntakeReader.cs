using MassTransit;
using Microsoft.Extensions.Logging;

namespace Monarch.Bridge.Intake;

/// <summary>Hands on the entries of an intake, new ones and those that nobody has finished in time, until the host stops.</summary>
sealed class IntakeReader(IIntakeStream stream, IBusControl bus, TimeSpan resendAfter, TimeProvider time, ILogger logger)
{
    /// <param name="handle">Takes some entries. When it fails, they are read again later.</param>
    /// <param name="stoppingToken">Ends it.</param>
    public async Task RunAsync(Func<IReadOnlyList<IntakeEntry>, CancellationToken, Task> handle, CancellationToken stoppingToken)
    {
        // What is sent to a queue that nobody has declared yet is lost, and sent again only after a while.
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
        await Task.WhenAll(
            RepeatAsync(stream.ReadNewAsync, handle, TimeSpan.Zero, stoppingToken),
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
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever was read is still there and is read again later. Said once an outage.
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
