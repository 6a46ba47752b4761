using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Bridge.Telemetry;
using Monarch.Contracts;

namespace Monarch.Bridge.Api;

/// <summary>Sends a person's command to a saga, by default that of a migration, with a short deadline.</summary>
sealed class CommandSender(IBusControl bus, TimeProvider time, ILogger<CommandSender> logger)
{
    static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(5);

    /// <returns>False when the broker is unavailable: the command was not sent, or the result is unknown.</returns>
    public async Task<bool> TrySendAsync(object command, string endpointName = EndpointNames.MigrationBatch)
    {
        // A command sent while the broker is unavailable would arrive long after its caller has given up.
        if (bus.CheckHealth().Status == BusHealthStatus.Unhealthy)
        {
            return false;
        }

        try
        {
            // No token: a send that is cancelled while the broker is unavailable can hang for ever.
            await SendAsync(command, endpointName).WaitAsync(SendTimeout, time);
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
