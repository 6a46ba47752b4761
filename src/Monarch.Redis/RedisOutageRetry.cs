using MassTransit;

namespace Monarch.Redis;

/// <summary>Holds messages while Redis is away.</summary>
public static class RedisOutageRetry
{
    /// <summary>
    /// A message that cannot be handled because Redis is away is held and tried again: each second at first, then every eight, for
    /// thirteen minutes, or for twenty-three when Redis hangs and each try takes five seconds. RabbitMQ takes a message back
    /// after thirty. Nothing fails for an outage that is shorter.
    /// </summary>
    /// <param name="endpoint">The endpoint; call it before any other retry, so that this one is outermost.</param>
    public static void UseRedisOutageRetry(this IReceiveEndpointConfigurator endpoint) => endpoint.UseMessageRetry(retry =>
    {
        retry.Handle<RedisUnavailableException>();
        retry.Intervals([.. Enumerable.Repeat(TimeSpan.FromSeconds(1), 30), .. Enumerable.Repeat(TimeSpan.FromSeconds(8), 90)]);
    });
}
