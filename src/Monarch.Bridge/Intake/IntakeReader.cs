using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Bridge.Telemetry;

namespace Monarch.Bridge.Intake;

/// <summary>Delivers the entries of an intake, new ones and those not finished in time, until the host stops.</summary>
/// <param name="stream">The intake.</param>
/// <param name="bus">Where its entries go to.</param>
/// <param name="resendAfter">After how long an entry that was not removed is delivered again.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives interruptions.</param>
/// <param name="collectFor">How long entries are collected between deliveries, so that they are delivered together.</param>
sealed class IntakeReader(
    IIntakeStream stream,
    IBusControl bus,
    TimeSpan resendAfter,
    TimeProvider time,
    ILogger logger,
    TimeSpan collectFor = default
)
{
    /// <param name="handle">Handles some entries. When it fails, they are read again later.</param>
    /// <param name="stoppingToken">Ends it.</param>
    public async Task RunAsync(Func<IReadOnlyList<IntakeEntry>, CancellationToken, Task> handle, CancellationToken stoppingToken)
    {
        // A message to a queue that is not declared yet is lost, and sent again only after the resend delay.
        try
        {
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that failed to start disposes of its services without stopping them, and would report this as a failure.
            return;
        }

        await Task.WhenAll(
            RepeatAsync(stream.ReadNewAsync, handle, collectFor, stoppingToken),
            RepeatAsync(token => stream.ReadAgainAsync(resendAfter, token), handle, resendAfter, stoppingToken)
        );
    }

    async Task RepeatAsync(
        Func<CancellationToken, Task<IReadOnlyList<IntakeEntry>>> read,
        Func<IReadOnlyList<IntakeEntry>, CancellationToken, Task> handle,
        TimeSpan pause,
        CancellationToken stoppingToken
    )
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
                // The bus is stopped first; failures after that are not failures of the host.
                return;
            }
            catch (Exception e)
            {
                // Entries that were read are read again later. Logged once per outage.
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
