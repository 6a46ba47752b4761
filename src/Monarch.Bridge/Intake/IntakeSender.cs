using System.Collections.Concurrent;
using MassTransit;
using Monarch.Contracts;
using Monarch.Redis.Sagas;

namespace Monarch.Bridge.Intake;

/// <summary>
/// Sends what waits in an intake to its saga. The entry stays in the intake until it is saved and is sent again, so the broker may drop a copy
/// that nothing has consumed: while all workers are away, one or two copies of an entry wait for them instead of thousands.
/// </summary>
sealed class IntakeSender(IBusControl bus, string endpointName, TimeSpan resendAfter, TimeProvider time)
{
    // One copy waits until the next has come.
    readonly TimeSpan _timeToLive = 2 * resendAfter;

    static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(10);

    // Not left to the bus' health: that is good while a queue is full and the transport tries again and again.
    readonly ConcurrentDictionary<Guid, bool> _underWay = new();

    /// <summary>To how many sagas something is being sent.</summary>
    public int UnderWay => _underWay.Count;

    /// <summary>
    /// Waits until the broker has the command. A send that takes too long goes on without being awaited; while it does, nothing else is sent to
    /// the same saga, or a long outage would end with a copy for every try.
    /// </summary>
    /// <returns>Whether it was sent.</returns>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    public async Task<bool> TrySendAsync(Guid sagaId, object command, Guid? messageId = null)
    {
        if (!_underWay.TryAdd(sagaId, true))
        {
            return false;
        }

        await SendAsync(sagaId, command, messageId).WaitAsync(LongestSend, time);
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
            _underWay.TryRemove(sagaId, out _);
        }
    }

    async Task SendAsync(object command, Guid? messageId)
    {
        var endpoint = await bus.GetSendEndpoint(EndpointNames.Address(endpointName));
        await Confirmation.OfAsync(
            written => endpoint.Send(
                command,
                Pipe.Execute<SendContext>(context =>
                {
                    context.MessageId = messageId ?? context.MessageId;
                    context.TimeToLive = _timeToLive;
                    written();
                }),
                CancellationToken.None),
            time);
    }
}
