using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Redis.Outages;

namespace Monarch.Redis.Sagas;

/// <summary>Sends wake-ups on the bus.</summary>
sealed class WakeUpSender(IBus bus, WakeUpOptions options, WakeUpInstruments instruments, TimeProvider time, ILogger<WakeUpSender> logger)
{
    /// <summary>
    /// How long unconfirmed messages block the next ones. While the broker is down each lease would add another copy of them.
    /// </summary>
    static readonly TimeSpan LongestBlock = TimeSpan.FromMinutes(5);

    readonly Outage _outage = new();

    /// <summary>Sends all wake-ups; one that cannot be sent is due again when its lease ends. Throws only when stopped.</summary>
    public async Task SendAsync(IEnumerable<WakeUp> due, CancellationToken stopping)
    {
        var sending = Task.WhenAll(due.Select(SendAsync));
        try
        {
            await sending.WaitAsync(options.Lease, time, stopping);
        }
        catch (TimeoutException)
        {
            if (_outage.Begins())
            {
                logger.SendFailed("the broker does not confirm");
            }

            await sending.WaitAsync(LongestBlock, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stopping.ThrowIfCancellationRequested();
        }
    }

    async Task SendAsync(WakeUp wakeUp)
    {
        using var trace = MessageTrace.Begin(wakeUp.TraceParent);
        try
        {
            var (address, message) = options.Messages[wakeUp.Name](wakeUp);
            var endpoint = await bus.GetSendEndpoint(address);
            await Confirmation.OfAsync(
                written => endpoint.Send(message, message.GetType(), Pipe.Execute<SendContext>(_ => written()), CancellationToken.None),
                time
            );
            if (!wakeUp.IsRestart)
            {
                instruments.Woken(wakeUp.Name, time.GetUtcNow() - wakeUp.DueAt);
            }

            logger.Woken(wakeUp.Name, wakeUp.SagaId, wakeUp.DueAt);
            if (_outage.Ends())
            {
                logger.SendRecovered();
            }
        }
        catch (Exception e)
        {
            if (_outage.Begins())
            {
                logger.SendFailed(e.Message.TrimEnd('.'));
            }
        }
    }
}
