using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;

namespace Monarch.Bridge.Commands;

/// <summary>Sends what a person wants to a saga, that of a batch unless another is named, and does not keep that person waiting.</summary>
sealed class CommandSender(IBusControl bus, TimeProvider time, ILogger<CommandSender> logger)
{
    static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(5);

    /// <returns>False when the broker is away: the command was not sent, or it is not known whether it was.</returns>
    public async Task<bool> TrySendAsync(object command, string endpointName = EndpointNames.MigrationBatch)
    {
        // A command that is begun while the broker is away would arrive long after the person has gone another way.
        if (bus.CheckHealth().Status == BusHealthStatus.Unhealthy)
        {
            return false;
        }

        try
        {
            // No token: a send that is cancelled while the broker is away can hang for ever.
            await SendAsync(command, endpointName).WaitAsync(LongestSend, time);
            return true;
        }
        // A connection that breaks in the middle of a send cancels it.
        catch (Exception e) when (e is TimeoutException or ConnectionException or OperationCanceledException)
        {
            logger.CommandNotSent(e, command.GetType().Name);
            return false;
        }
    }

    async Task SendAsync(object command, string endpointName)
    {
        var endpoint = await bus.GetSendEndpoint(EndpointNames.Address(endpointName));
        await endpoint.Send(command, CancellationToken.None);
    }
}
