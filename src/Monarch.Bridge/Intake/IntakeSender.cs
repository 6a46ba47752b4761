using System.Collections.Concurrent;
using MassTransit;
using Monarch.Contracts;
using Monarch.Redis;

namespace Monarch.Bridge.Intake;

/// <summary>Sends what waits in an intake to its saga.</summary>
sealed class IntakeSender(IBusControl bus, string endpointName, TimeProvider time)
{
    static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<Guid, Task> _underWay = new();

    /// <summary>
    /// Waits until the broker has the command. A send that takes too long goes on without being awaited; while it does, nothing else is sent to
    /// the same saga, or a long outage would end with a copy for every try.
    /// </summary>
    /// <returns>Whether it was sent.</returns>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    public async Task<bool> TrySendAsync(Guid sagaId, object command, Guid? messageId = null)
    {
        if (_underWay.TryGetValue(sagaId, out var earlier) && !earlier.IsCompleted)
        {
            return false;
        }

        var send = SendAsync(command, messageId);
        _underWay[sagaId] = send;
        await send.WaitAsync(LongestSend, time);
        _underWay.TryRemove(sagaId, out _);
        return true;
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
                    written();
                }),
                CancellationToken.None),
            time);
    }
}
