using MassTransit;
using MassTransit.Configuration;
using MassTransit.Middleware;

namespace Monarch.Redis.Outages;

/// <summary>Holds messages while Redis is unavailable.</summary>
public static class RedisOutageHold
{
    /// <summary>
    /// Holds a message that cannot be handled because Redis is unavailable (<see cref="RedisUnavailableException"/>), and retries it every
    /// second, outside of all other filters of the endpoint. After the longest hold the message is returned to the transport
    /// unacknowledged. It is never moved to an <c>_error</c> queue, and no <see cref="Fault"/> is published.
    /// </summary>
    /// <param name="endpoint">The endpoint. Messages with other failures are moved to <c>_error</c>, as usual.</param>
    /// <param name="longest">
    /// The longest hold, shorter than the broker's own time-out. Use <see cref="TimeSpan.MaxValue"/> if the transport does not redeliver.
    /// </param>
    /// <param name="time">The clock.</param>
    /// <param name="stopping">Ends the hold immediately: the process is stopping.</param>
    public static void HoldWhileRedisIsAway(
        this IReceiveEndpointConfigurator endpoint,
        TimeSpan longest,
        TimeProvider time,
        CancellationToken stopping
    )
    {
        endpoint.AddPrePipeSpecification(new FilterPipeSpecification<ConsumeContext>(new HoldFilter(longest, time, stopping)));
        endpoint.ConfigureError(error =>
        {
            error.UseFilter(new ReturnToQueueFilter());
            // MassTransit's defaults.
            error.UseFilter(new GenerateFaultFilter());
            error.UseFilter(new ErrorTransportFilter());
        });
    }
}
