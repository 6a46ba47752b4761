using MassTransit;
using MassTransit.Configuration;
using MassTransit.Middleware;

namespace Monarch.Redis;

/// <summary>Holds messages while Redis is away.</summary>
public static class RedisOutageHold
{
    /// <summary>
    /// A message that cannot be handled because Redis is away (<see cref="RedisUnavailableException"/>) is held and tried again each second,
    /// outside of everything else on the endpoint. When that lasts too long the transport gets it back unacknowledged. It never
    /// goes to an <c>_error</c> queue, and no <see cref="Fault"/> is published.
    /// </summary>
    /// <param name="endpoint">The endpoint. Its other failures end in <c>_error</c>, as everywhere.</param>
    /// <param name="longest">
    /// How long before the message is given back, below the time after which the broker takes it back itself. Give
    /// <see cref="TimeSpan.MaxValue"/> where a message that is given back is lost.
    /// </param>
    /// <param name="time">Tells the time.</param>
    /// <param name="stopping">Ends the hold at once: the process is asked to stop.</param>
    public static void HoldWhileRedisIsAway(
        this IReceiveEndpointConfigurator endpoint, TimeSpan longest, TimeProvider time, CancellationToken stopping)
    {
        endpoint.AddPrePipeSpecification(new FilterPipeSpecification<ConsumeContext>(new HoldFilter(longest, time, stopping)));
        endpoint.ConfigureError(error =>
        {
            error.UseFilter(new GiveBackFilter());
            // What MassTransit does where nothing is configured.
            error.UseFilter(new GenerateFaultFilter());
            error.UseFilter(new ErrorTransportFilter());
        });
    }
}
