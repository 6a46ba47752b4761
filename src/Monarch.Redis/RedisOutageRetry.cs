using MassTransit;

namespace Monarch.Redis;

/// <summary>Holds messages while Redis is away.</summary>
public static class RedisOutageRetry
{
    /// <summary>
    /// A message that cannot be handled because Redis is away is held and tried again each second, for fifteen minutes: half
    /// of RabbitMQ's consumer time-out. Nothing fails for an outage that is shorter.
    /// </summary>
    /// <param name="endpoint">The endpoint; call it before any other retry, so that this one is outermost.</param>
    public static void UseRedisOutageRetry(this IReceiveEndpointConfigurator endpoint) => endpoint.UseMessageRetry(retry =>
    {
        retry.Handle<RedisUnavailableException>();
        retry.Interval(900, TimeSpan.FromSeconds(1));
    });
}
