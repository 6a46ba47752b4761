using System.Collections.Concurrent;
using MassTransit;
using Monarch.Contracts;
using Monarch.Redis.Sagas;

namespace Monarch.Bridge.Intake;

/// <summary>
/// Sends the entries of an intake to their sagas. An entry stays in the intake until it is saved and is sent again, so the broker may drop
/// a copy that was not consumed: while no worker runs, one or two copies of an entry are queued instead of thousands.
/// </summary>
sealed class IntakeSender(IBusControl bus, string endpointName, TimeSpan resendAfter, TimeProvider time)
{
    // A copy lives until the next one is sent.
    readonly TimeSpan _timeToLive = 2 * resendAfter;

    static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);

    // Independent of the bus' health, which is healthy while a queue is full and the transport keeps retrying.
    readonly ConcurrentDictionary<Guid, bool> _inFlight = new();

    /// <summary>The number of sagas with a send in flight.</summary>
    public int InFlight => _inFlight.Count;

    /// <summary>
    /// Waits until the broker has confirmed the command. A send that times out stays in flight without being awaited; meanwhile nothing
    /// else is sent to
    /// the same saga, or a long outage would end with a copy for every attempt.
    /// </summary>
    /// <returns>Whether it was sent; false when another send to the saga is in flight.</returns>
    /// <exception cref="TimeoutException">The broker did not confirm it in time.</exception>
    public async Task<bool> TrySendAsync(Guid sagaId, object command, Guid? messageId = null)
    {
        if (!_inFlight.TryAdd(sagaId, true))
        {
            return false;
        }

        await SendAsync(sagaId, command, messageId).WaitAsync(SendTimeout, time);
        return true;
    }

    async Task SendAsync(Guid sagaId, object command, Guid? messageId)
    {
        try
        {
            await SendAsync(command, messageId);
        }
        finally
        {
            _inFlight.TryRemove(sagaId, out _);
        }
    }

    async Task SendAsync(object command, Guid? messageId)
    {
        var endpoint = await bus.GetSendEndpoint(EndpointNames.Address(endpointName));
        await Confirmation.OfAsync(
            written =>
                endpoint.Send(
                    command,
                    Pipe.Execute<SendContext>(context =>
                    {
                        context.MessageId = messageId ?? context.MessageId;
                        context.TimeToLive = _timeToLive;
                        written();
                    }),
                    CancellationToken.None
                ),
            time
        );
    }
}
